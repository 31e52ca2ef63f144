// Lets one question be asked at a time. Gradio runs a question sent while an answer is still arriving when that answer
// has ended, with whatever is in the question box by then, perhaps half a sentence.

const PATIENCE = 5_000; // milliseconds; a question that the page has not shown by then may be sent again

let sent = -Infinity; // when a question was sent that the thread does not show yet
let newest = ""; // the newest exchange when it was sent

const isAnswering = () => document.querySelector("#current .reply[aria-busy=true]") !== null;

function shown() {
  const turn = document.querySelector("#current .turn");
  return turn ? `${turn.dataset.turn} ${turn.querySelector(".question").textContent}` : "";
}

/** To be called whenever a part of the thread has changed: the part with the new question may not be the first. */
export function threadChanged() {
  if (isAnswering() || shown() !== newest) sent = -Infinity;
}

/** Stops all that would ask nothing, or ask while an answer arrives: Gradio would do it later, with other words. */
function guard(event) {
  const isEmpty = !document.querySelector("#question textarea").value.trim();
  if (!isEmpty && !isAnswering() && performance.now() - sent > PATIENCE) {
    sent = performance.now();
    newest = shown();
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
