// Buttons of an exchange: edit the question, rate the answer. Also extends the article list.

import { request } from "./requests.js";

export function attachTurns(element, trigger) {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { edit, more, judge } = button.dataset;
    if (edit) {
      request("edit", { turn: edit });
      document.querySelector("#question textarea")?.focus();
    }
    if (more) trigger("more", { shown: more });
    if (judge) choose(button);
    if (button.dataset.rate) send(button.closest(".turn"), trigger);
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.(".comment")) send(event.target.closest(".turn"), trigger);
  });
}

/** Opens the rating form. The rating is only sent with the form, so each answer is rated once. */
function choose(button) {
  for (const other of button.closest(".rate").querySelectorAll("[data-judge]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  const form = button.closest(".turn").querySelector(".rate-more");
  form.hidden = false;
  form.querySelector(".comment").focus();
  form.scrollIntoView({ block: "nearest" });
}

function send(turn, trigger) {
  const verdict = turn.querySelector('[data-judge][aria-pressed="true"]')?.dataset.judge;
  const comment = turn.querySelector(".comment").value;
  if (verdict) trigger("rate", { turn: turn.dataset.turn, verdict, comment });
}

/** A button that asks for confirmation: `data-ask="1"` shows the confirmation after it, `data-ask="0"` hides it. */
export function attachAsking(element) {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-ask]");
    if (!button) return;
    const asked = button.dataset.ask === "1";
    const [first, really] = button.closest(".removal").children;
    first.hidden = asked;
    really.hidden = !asked;
    (asked ? really.querySelector("[data-ask]") : first).focus();
  });
}
