// Rates an answer. A rating is only sent with its form, so that each answer is rated once. What was chosen and typed is
// kept here, because every change of the thread redraws the forms, closed and empty.

const PATIENCE = 5_000; // milliseconds

const begun = new Map(); // verdict and comment of each rating that is not stored yet, by number and question
let last = Promise.resolve(); // ends when the last rating sent is shown as stored

const nameOf = (turn) => `${turn.dataset.turn} ${turn.querySelector(".question").textContent}`;

/** Handles the rating forms in a part of the thread. */
export function attachRating(element, trigger, watch) {
  element.addEventListener("click", (event) => {
    const { judge, rate } = event.target.closest("button")?.dataset ?? {};
    if (judge) choose(event.target.closest(".turn"), judge);
    if (rate) send(event.target.closest(".turn"), trigger);
  });
  element.addEventListener("input", (event) => {
    if (!event.target.matches(".comment")) return;
    begun.get(nameOf(event.target.closest(".turn"))).comment = event.target.value;
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.(".comment")) send(event.target.closest(".turn"), trigger);
  });
  watch("value", () => element.querySelectorAll(".turn").forEach(show));
}

/** Forgets all that was begun; to be called when another conversation is shown, whose turns have the same numbers. */
export function forgetRatings() {
  begun.clear();
}

function choose(turn, verdict) {
  begun.set(nameOf(turn), { comment: "", ...begun.get(nameOf(turn)), verdict });
  show(turn);
  turn.querySelector(".comment").focus();
  turn.querySelector(".rate-more").scrollIntoView({ block: "nearest" });
}

/** Opens the form of a rating that was begun, as the reader left it. An answer without a form is rated, or not over. */
function show(turn) {
  const form = turn.querySelector(".rate-more");
  if (!form) begun.delete(nameOf(turn));
  if (!begun.has(nameOf(turn))) return;
  const { verdict, comment } = begun.get(nameOf(turn));
  turn.querySelectorAll("[data-judge]").forEach((one) => {
    one.setAttribute("aria-pressed", String(one.dataset.judge === verdict));
  });
  form.hidden = false;
  const field = form.querySelector(".comment");
  if (field.value !== comment) field.value = comment;
}

/** Sends the ratings one after another: the page may draw the results of two events in the wrong order. */
function send(turn, trigger) {
  const name = nameOf(turn);
  const number = turn.dataset.turn;
  last = last.catch(() => {}).then(() => {
    if (!begun.has(name)) return;
    trigger("rate", { turn: number, ...begun.get(name) });
    return drawn(name);
  });
}

/** Waits until the page shows the rating as stored, or for so long that it probably could not be stored. */
async function drawn(name) {
  const end = performance.now() + PATIENCE;
  while (begun.has(name) && performance.now() < end) await new Promise((ready) => setTimeout(ready, 20));
}
