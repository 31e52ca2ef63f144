// What the page does by itself: previews, stepping between citations, copying, drawers on narrow screens, keys.
// Article text arrives here only as text (textContent, dataset), never as markup.

import { attachAsking, attachTurns } from "./turns.js";

const NARROW = window.matchMedia("(max-width: 1023px)");
let opened = null; // the button whose article is shown

/** One button for each source of the answer that `chip` stands in, in the order they are first cited. */
const sourcesAround = (chip) => {
  const seen = new Map();
  for (const other of chip.closest(".turn")?.querySelectorAll(".chip") ?? []) {
    if (!seen.has(other.dataset.number)) seen.set(other.dataset.number, other);
  }
  return [...seen.values()];
};

const placeOf = (chip, sources) => sources.findIndex((other) => other.dataset.number === chip.dataset.number);

const chipOf = (named) =>
  sourcesAround(named).find((chip) => chip.dataset.number === named.dataset.sourceNumber);

const payload = (button) => {
  const { article, start, end, number, digest, also } = button.dataset;
  const sources = sourcesAround(button);
  const position = placeOf(button, sources) + 1;
  const turn = button.closest(".turn")?.dataset.turn;
  return { article, start, end, number, digest, also, turn, position, total: sources.length };
};

const say = (text) => {
  const status = document.getElementById("page-status") ?? document.body.appendChild(
    Object.assign(document.createElement("div"), { id: "page-status", className: "unseen" }),
  );
  status.setAttribute("role", "status");
  status.textContent = text;
};

/** Buttons that open an article: in the conversation, the list of articles and the evidence itself. */
export function attachOpening(element, trigger, watch) {
  element.addEventListener("click", (event) => {
    const named = event.target.closest("button[data-source-number]");
    const button = named ? chipOf(named) : event.target.closest("button[data-article]");
    if (!button) return;
    document.querySelectorAll(".is-open").forEach((other) => other.classList.remove("is-open"));
    button.classList.add("is-open");
    if (!button.closest("#evidence")) opened = button;
    hidePreview();
    trigger("open", payload(button));
  });
  attachTurns(element, trigger);
  attachFolds(element, watch);
  followTurn(element, watch);
}

/** A new question comes to the top of the thread; what streams in after it never moves the page. */
function followTurn(element, watch) {
  let shown = null;
  watch("value", () => {
    const turn = element.closest("#current") && element.querySelector(".turn");
    if (turn && turn.dataset.turn !== shown) turn.scrollIntoView({ block: "start" });
    shown = turn?.dataset.turn ?? null;
    // Where there is room, the first answer opens its first source: the words it rests on are there to see. Not over
    // what the panel says of a removal: that the conversation is drawn anew after it is no new answer.
    const first = turn?.querySelector(".reply[aria-busy=false] .claims .chip");
    const taken = document.querySelector("#evidence :is(.card, .done, .problem)");
    if (first && !NARROW.matches && !taken) first.click();
  });
}

/** The evidence panel: scrolls to the quote, steps between citations, shows the full article. */
export function attachEvidence(element, trigger, watch) {
  attachOpening(element, trigger, watch);
  element.addEventListener("click", (event) => {
    const step = event.target.closest("button[data-step]");
    if (step) return stepBy(Number(step.dataset.step));
    if (event.target.closest("button[data-full]") && opened) trigger("open", { ...payload(opened), full: true });
    const removal = event.target.closest("button[data-remove]");
    if (removal) trigger("remove", { article: removal.dataset.remove });
  });
  attachAsking(element);
  watch("value", () => {
    if (!element.querySelector(".card")) return;
    document.body.classList.add("evidence-open");
    const mark = element.querySelector("mark");
    const scroller = element.querySelector(".article-text");
    if (!mark) return void scroller?.scrollTo(0, 0);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    if (NARROW.matches) document.getElementById("evidence-close")?.focus();
    say(`${element.querySelector(".place")?.textContent ?? ""} ${element.querySelector("h2")?.textContent ?? ""}`);
  });
}

function stepBy(offset) {
  if (!opened) return;
  const sources = sourcesAround(opened);
  sources[placeOf(opened, sources) + offset]?.click();
}

/** A fold that the reader opened or closed stays so when the page is drawn again. */
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

/** A native date field bound to the component's value. */
export function attachDate(element, trigger, props) {
  element.addEventListener("change", (event) => {
    props.value = event.target.value;
    trigger("change");
  });
}

const preview = document.createElement("div");
preview.id = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
for (const name of ["preview-source", "preview-title", "preview-quote", "preview-verdict"]) {
  preview.appendChild(Object.assign(document.createElement("p"), { className: name }));
}
document.body.appendChild(preview);

function showPreview(chip) {
  const [source, title, quote, verdict] = preview.children;
  source.textContent = chip.dataset.source;
  title.textContent = chip.dataset.title;
  quote.textContent = chip.dataset.preview ? `“${chip.dataset.preview}”` : "";
  verdict.textContent = chip.dataset.verdict ?? "";
  preview.hidden = false;
  const box = chip.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = preview;
  const left = Math.min(Math.max(8, box.left - 24), window.innerWidth - width - 8);
  const below = box.bottom + 8;
  preview.style.left = `${left}px`;
  preview.style.top = `${below + height < window.innerHeight ? below : Math.max(8, box.top - height - 8)}px`;
}

function hidePreview() {
  preview.hidden = true;
}

document.addEventListener("mouseover", (event) => {
  const chip = event.target.closest?.(".chip, .mark");
  chip ? showPreview(chip) : hidePreview();
});
document.addEventListener("focusin", (event) => {
  const chip = event.target.closest?.(".chip, .mark");
  if (chip?.matches(":focus-visible")) showPreview(chip);
});
document.addEventListener("focusout", hidePreview);
document.addEventListener("scroll", hidePreview, true);

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("button[data-copy]");
  if (!copy) return;
  try {
    await navigator.clipboard.writeText(copy.dataset.copy);
    say(copy.dataset.copied);
    copy.classList.add("is-done");
    setTimeout(() => copy.classList.remove("is-done"), 1500);
  } catch {
    say(copy.dataset.failed);
  }
});

document.addEventListener("click", (event) => {
  const save = event.target.closest("button[data-save]");
  if (!save) return;
  const address = URL.createObjectURL(new Blob([save.dataset.save], { type: "text/plain" }));
  Object.assign(document.createElement("a"), { href: address, download: save.dataset.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
});

function closeDrawers() {
  const body = document.body.classList;
  if (body.contains("evidence-open")) opened?.focus();
  body.remove("evidence-open", "archive-open");
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#evidence-close, #archive-close")) closeDrawers();
  if (event.target.closest("#archive-toggle")) document.body.classList.toggle("archive-open");
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, [contenteditable]");
  if (event.key === "Escape") {
    hidePreview();
    if (NARROW.matches) closeDrawers();
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    document.querySelector("#question textarea")?.focus();
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
