// Named requests from the page to the server: an article, a conversation, a question to edit. Sent as a component's
// value, not as an event: Gradio drops events that arrive while an earlier one is being processed, but reads the latest
// value.

const channels = new Map();
const early = new Map(); // requests made before their channel existed

export function attachRequest(name, trigger, props) {
  channels.set(name, (asked) => {
    props.value = JSON.stringify(asked);
    trigger("request");
  });
  if (early.has(name)) request(name, early.get(name));
}

export function request(name, asked) {
  const send = channels.get(name);
  send ? send(asked) : early.set(name, asked);
}
