// Named requests from the page to the server: an article, a conversation, a question to edit. Sent as a component's
// value, not as an event: Gradio drops events that arrive while an earlier one is being processed, but reads the latest
// value.

const channels = new Map();
const early = new Map(); // requests made before their channel existed

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
