// Which source the evidence panel shows. Stored as the request, not as the pressed button, because the page may replace
// its buttons at any time. Article text arrives here only as text (dataset), never as markup.

import { hidePreview } from "./preview.js";
import { request } from "./requests.js";

let opened = null; // the source that the reader opened
let shown = null; // what the panel shows: that source, or another article with the same words

/** One button per source of an answer, in order of first citation. */
function sourcesOf(turn) {
  const seen = new Map();
  for (const chip of turn?.querySelectorAll(".chip") ?? []) {
    if (!seen.has(chip.dataset.number)) seen.set(chip.dataset.number, chip);
  }
  return [...seen.values()];
}

const numberOf = (button) => button.dataset.number ?? button.dataset.sourceNumber;

/** The request that a button sends to the server. */
function wanted(button) {
  const turn = button.closest(".turn");
  const sources = sourcesOf(turn);
  const chip = sources.find((one) => one.dataset.number === numberOf(button)) ?? button;
  const { article, start, end, number, digest, also } = chip.dataset;
  const near = chip.classList.contains("chip-near");
  const position = sources.indexOf(chip) + 1;
  return { article, start, end, number, digest, also, near, turn: turn?.dataset.turn, position, total: sources.length };
}

export function open(button) {
  opened = shown = wanted(button);
  highlight();
  hidePreview();
  request("open", shown);
}

/** Opens another article with the same words as the open source. */
export function openReprint(article) {
  shown = { ...opened, article };
  request("open", shown);
}

export function openInFull() {
  if (shown) request("open", { ...shown, full: true });
}

/** Closes the open article. */
export function close() {
  opened = shown = null;
  highlight();
  request("open", { article: "" });
}

const openTurn = () => document.querySelector(`#talk .turn[data-turn="${opened?.turn}"]`);

/** All buttons of the open source. */
function buttons() {
  if (!opened) return [];
  const within = opened.turn ? openTurn() : document.getElementById("articles");
  const all = [...(within?.querySelectorAll("button[data-article], button[data-source-number]") ?? [])];
  if (!opened.number) return all.filter((one) => one.dataset.article === opened.article);
  return all.filter((one) => numberOf(one) === opened.number);
}

/** Marks the buttons of the open source; called again after every DOM update. */
export function highlight() {
  document.querySelectorAll(".is-open").forEach((other) => other.classList.remove("is-open"));
  buttons().forEach((one) => one.classList.add("is-open"));
}

/**
 * Returns the focus to the button of the open source. On a busy page the button may stay hidden, or be replaced, some
 * frames later, and the hidden element that had the focus keeps it until the next frame; a focus that the reader has
 * moved elsewhere is left alone.
 */
export function focusOpened(tries = 30) {
  const active = document.activeElement;
  const lost = !active || active === document.body || !active.getClientRects().length;
  if (lost) buttons()[0]?.focus();
  if (tries && (lost || buttons().includes(active))) requestAnimationFrame(() => focusOpened(tries - 1));
}

export function stepBy(offset) {
  const sources = sourcesOf(openTurn());
  const at = sources.findIndex((one) => one.dataset.number === opened?.number);
  if (at >= 0 && sources[at + offset]) open(sources[at + offset]);
}
