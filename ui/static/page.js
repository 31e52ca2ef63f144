// Client-side behaviour: opening sources, scrolling the conversation, drawers on narrow screens, keyboard shortcuts.

import { threadChanged } from "./asking.js";
import "./keeping.js";
import { close, focusOpened, highlight, open, openInFull, openReprint, stepBy } from "./opened.js";
import { hidePreview } from "./preview.js";
import { attachRating, forgetRatings } from "./rating.js";
import { say } from "./saying.js";
import { attachAsking, attachTurns } from "./turns.js";

const NARROW = window.matchMedia("(max-width: 1023px)");
const TOUCH = window.matchMedia("(pointer: coarse)");
let reached = null; // the exchange that the thread was last scrolled to
let untouched = false; // whether the reader has opened nothing since, so that the first source may be opened

/** Handles the buttons that open an article, in the conversation and in the article list. */
export function attachOpening(element, trigger, watch) {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-source-number], button[data-article]");
    if (!button) return;
    untouched = false;
    open(button);
  });
  attachTurns(element, trigger);
  attachRating(element, trigger, watch);
  attachFolds(element, watch);
  watch("value", () => {
    highlight();
    if (!element.closest("#talk")) return;
    threadChanged();
    follow();
  });
}

/**
 * Scrolls a new question to the top of the thread; text that streams in afterwards never moves the page. On wide
 * screens the first source of the finished answer is opened, so the panel never shows the source of another answer.
 */
function follow() {
  const turn = document.querySelector("#current .turn");
  if (!turn) {
    if (reached) close();
    reached = null;
    return;
  }
  const earlier = document.querySelectorAll("#past .turn").length;
  if (Number(turn.dataset.turn) !== earlier + 1) return; // the other part of the thread is not updated yet
  const exchange = `${turn.dataset.turn} ${turn.querySelector(".question").textContent}`;
  if (exchange !== reached) {
    reached = exchange;
    untouched = true;
    turn.scrollIntoView({ block: "start" });
    if (TOUCH.matches) question()?.blur(); // the on-screen keyboard would cover the answer
  }
  if (!untouched || NARROW.matches || turn.querySelector(".reply[aria-busy=true]")) return;
  untouched = false;
  const first = turn.querySelector(".claims .chip-supported");
  first ? open(first) : close();
}

/** Handles the evidence panel: scrolls to the quote, steps between citations, opens reprints and the full article. */
export function attachEvidence(element, trigger, watch) {
  element.addEventListener("click", (event) => {
    const { step, full, reprint, remove } = event.target.closest("button")?.dataset ?? {};
    if (step) stepBy(Number(step));
    if (full) openInFull();
    if (reprint) openReprint(reprint);
    if (remove) trigger("remove", { article: remove });
  });
  attachAsking(element);
  watch("value", () => {
    document.body.classList.toggle("evidence-open", !element.querySelector(".hint"));
    const card = element.querySelector(".card");
    if (!card) return;
    const mark = card.querySelector("mark");
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (mark) mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    else document.getElementById("evidence").scrollTo(0, 0);
    if (NARROW.matches) document.getElementById("evidence-close")?.focus({ preventScroll: true });
    say(`${card.querySelector(".place")?.textContent ?? ""} ${card.querySelector("h2").textContent}`);
  });
}

/** Keeps a <details> element open or closed, as the reader left it, across DOM updates. */
function attachFolds(element, watch) {
  const chosen = new Map();
  element.addEventListener("click", (event) => {
    const fold = event.target.closest("summary")?.closest("details[data-fold]");
    if (fold) chosen.set(fold.dataset.fold, !fold.open);
  });
  watch("value", () => element.querySelectorAll("details[data-fold]").forEach((fold) => {
    fold.open = chosen.get(fold.dataset.fold) ?? fold.open;
  }));
}

/** Binds a native date field to the component's value. */
export function attachDate(element, trigger, props) {
  element.addEventListener("change", (event) => {
    props.value = event.target.value;
    trigger("change");
  });
}

/** Handles the button that clears all limits, in the line that says what is searched. */
export function attachScope(element, trigger) {
  element.addEventListener("click", (event) => {
    if (event.target.closest("[data-reset]")) trigger("reset", {});
  });
}

const question = () => document.querySelector("#question textarea");

/** The drawer covers the page, so it takes the focus; closing it returns the focus. */
function openArchive() {
  document.body.classList.add("archive-open");
  document.getElementById("archive-close")?.focus();
}

function closeDrawers() {
  const body = document.body.classList;
  const article = body.contains("evidence-open");
  const archive = body.contains("archive-open");
  body.remove("evidence-open", "archive-open");
  if (article) focusOpened();
  else if (archive) document.getElementById("archive-toggle")?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#evidence-close, #archive-close")) closeDrawers();
  if (event.target.closest("#archive-toggle")) openArchive();
  if (event.target.closest("#fresh")) forgetRatings();
  // Buttons that disappear when pressed pass the focus on, except on phones, where it would open the keyboard.
  if (event.target.closest("#fresh, #stop, .example, [data-reset]") && !NARROW.matches) question()?.focus();
  if (event.target.closest("#skip")) question()?.focus();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, [contenteditable]");
  if (event.key === "Escape") {
    hidePreview();
    if (NARROW.matches) closeDrawers();
    if (event.target === question()) document.querySelector(".editing [data-edit]")?.click();
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    question()?.focus();
    event.preventDefault();
  }
  if (event.key === "[" || event.key === "]") walkChips(event.key === "]" ? 1 : -1);
});

function walkChips(offset) {
  const chips = [...document.querySelectorAll("#talk .chip")];
  const at = chips.indexOf(document.activeElement);
  const next = at < 0 ? (offset > 0 ? 0 : chips.length - 1) : at + offset;
  chips[next]?.focus();
}
