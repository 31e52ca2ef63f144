// Lets one question be asked at a time. Gradio runs a question sent while an answer is still arriving when that answer
// has ended, with whatever is in the question box by then, perhaps half a sentence.

const PATIENCE = 2_000; // milliseconds; a question that the page has not shown by then may be sent again

let sent = -Infinity; // when a question was sent that the thread does not show yet

/** To be called whenever the thread has changed. */
export function threadChanged() {
  sent = -Infinity;
}

function guard(event) {
  if (!document.querySelector("#question textarea").value.trim()) return;
  const busy = document.querySelector("#current .reply[aria-busy=true]");
  if (!busy && performance.now() - sent > PATIENCE) {
    sent = performance.now();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keypress", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target.matches?.("#question textarea")) guard(event);
}, { capture: true });

document.addEventListener("click", (event) => {
  if (event.target.closest("#question button")) guard(event);
}, { capture: true });
