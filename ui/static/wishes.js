// What the page asks of the server by name: an article, a conversation, a question to edit. Kept as a value, not sent as
// an event: of events Gradio drops those that come while an earlier one is on its way, of a value it takes the last.

const channels = new Map();
const early = new Map(); // asked for before its channel was there

export function attachWish(name, trigger, props) {
  channels.set(name, (wanted) => {
    props.value = JSON.stringify(wanted);
    trigger("wish");
  });
  if (early.has(name)) wish(name, early.get(name));
}

export function wish(name, wanted) {
  const send = channels.get(name);
  send ? send(wanted) : early.set(name, wanted);
}
