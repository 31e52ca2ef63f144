// Buttons that edit a question, extend the article list or ask for confirmation.

import { request } from "./requests.js";

export function attachTurns(element, trigger) {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { edit, more } = button.dataset;
    if (edit) {
      request("edit", { turn: edit });
      document.querySelector("#question textarea")?.focus();
    }
    if (more) trigger("more", { shown: more });
  });
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
