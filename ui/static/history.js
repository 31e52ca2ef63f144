// Conversations saved in this browser, each under its own localStorage key, as received from the server. Titles are
// rendered as text only.

import { forgetRatings } from "./rating.js";
import { request } from "./requests.js";

const PREFIX = "dateline:talk:";
const CURRENT = "dateline:current"; // in sessionStorage: each tab has its own conversation

let list = null; // the <details> that contains the list
let restore = () => {};
let forget = () => {};

// A conversation can be open in two tabs: a duplicated tab even starts with a copy of this tab's sessionStorage.
const seen = new Map(); // by key: the exchanges as this tab last read or wrote them
const forks = new Map(); // by key: where this tab saves a conversation that another tab has changed

const current = () => sessionStorage.getItem(CURRENT);

function read(key) {
  try {
    const talk = JSON.parse(localStorage.getItem(key));
    const turns = Array.isArray(talk?.turns) ? talk.turns.filter((turn) => typeof turn === "string") : [];
    return { key, title: String(talk.title), at: Number(talk.at) || 0, named: talk.named === true, turns };
  } catch {
    return { key, title: "?", at: 0, named: false, turns: [] };
  }
}

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

const talks = () => keys().map(read).sort((one, other) => other.at - one.at);

function write({ key, title, at, named, turns }) {
  const problem = list?.parentElement.querySelector(".history-problem");
  try {
    localStorage.setItem(key, JSON.stringify({ title, at, named, turns }));
    if (problem) problem.hidden = true;
  } catch {
    if (!problem) return;
    problem.textContent = list.dataset.full;
    problem.hidden = false;
  }
}

/** Saves what the server hands over: one exchange at a time, at its position in its conversation. */
export function attachKeeper(element, watch) {
  watch("value", () => {
    const kept = element.querySelector("[data-kept]")?.dataset;
    if (!kept) {
      sessionStorage.removeItem(CURRENT);
      return draw();
    }
    const known = target(PREFIX + kept.talk, kept.title);
    if (!current()) sessionStorage.setItem(CURRENT, known.key);
    const place = Number(kept.number) - 1;
    known.turns[place] = kept.kept;
    if (kept.cut === "true") known.turns.length = place + 1;
    if (place === 0 && !known.named) known.title = kept.title;
    write({ ...known, at: Date.now() });
    seen.set(known.key, read(known.key).turns);
    draw();
  });
}

/** The conversation to save to; if another tab has changed it, a copy of what this tab shows, so that none is lost. */
function target(first, title) {
  let key = first;
  while (forks.has(key)) key = forks.get(key);
  if (!localStorage.getItem(key)) return { key, title, named: false, turns: [] };
  const stored = read(key);
  const turns = seen.get(key) ?? stored.turns;
  if (turns.length === stored.turns.length && turns.every((turn, at) => turn === stored.turns[at])) return stored;
  const fork = `${key}-${Date.now()}`;
  forks.set(key, fork);
  if (current() === key) sessionStorage.setItem(CURRENT, fork);
  return { key: fork, title, named: false, turns: [...turns] };
}

/** Shows the list of conversations and restores the one that this tab had open before a reload. */
export function attachHistory(element, trigger) {
  list = element.querySelector(".history");
  restore = (key) => {
    const { turns } = read(key);
    sessionStorage.setItem(CURRENT, key);
    seen.set(key, turns);
    forks.delete(key);
    forgetRatings();
    request("restore", { talk: key.slice(PREFIX.length), turns: JSON.stringify(turns) });
    document.body.classList.remove("archive-open");
    draw();
  };
  forget = () => {
    sessionStorage.removeItem(CURRENT);
    trigger("fresh", {});
  };
  window.addEventListener("storage", draw);
  draw();
  if (current() && localStorage.getItem(current())) restore(current());
}

/** Re-renders the list. Keeps the keyboard focus, and a row in which a name is being typed. */
function draw() {
  if (!list) return;
  const all = talks();
  list.hidden = all.length === 0;
  const rows = list.querySelector(".talks");
  const held = rows.contains(document.activeElement) ? document.activeElement.closest(".talk") : null;
  const place = [...(held?.children ?? [])].indexOf(document.activeElement);
  const known = new Map([...rows.children].map((item) => [item.dataset.key, item]));
  const items = all.map((talk) => row(talk, known.get(talk.key)));
  items.forEach((item, at) => {
    if (rows.children[at] !== item) rows.insertBefore(item, rows.children[at] ?? null);
  });
  while (rows.children.length > items.length) rows.lastElementChild.remove();
  if (!held || held.contains(document.activeElement)) return;
  (held.isConnected ? held.children[place] : list.querySelector("summary"))?.focus();
}

const button = (className, text, act, label) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: text });
  if (label) {
    made.setAttribute("aria-label", label);
    made.title = label;
  }
  made.addEventListener("click", act);
  return made;
};

function row(talk, item = Object.assign(document.createElement("li"), { className: "talk" })) {
  if (item.dataset.asking) return item;
  item.dataset.key = talk.key;
  const open = button("entry talk-open", talk.title, () => restore(talk.key));
  open.dir = "auto";
  open.title = talk.title; // the full text of a truncated title
  if (talk.key === current()) open.setAttribute("aria-current", "true");
  const { rename, delete: remove } = list.dataset;
  item.replaceChildren(
    open,
    button("talk-tool", "✎", () => askName(item, talk), `${rename}: ${talk.title}`),
    button("talk-tool", "✕", () => askDelete(item, talk), `${remove}: ${talk.title}`),
  );
  return item;
}

/** Replaces a row by a prompt until `stop` is called. */
function ask(item, ...parts) {
  item.dataset.asking = "true";
  item.replaceChildren(...parts);
}

function stop(item) {
  delete item.dataset.asking;
  draw();
}

function askName(item, talk) {
  const field = Object.assign(document.createElement("input"), { type: "text", value: talk.title, maxLength: 80 });
  field.setAttribute("aria-label", list.dataset.rename);
  const save = () => {
    const title = field.value.trim();
    if (title) write({ ...read(talk.key), title, named: true });
    stop(item);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") save();
    if (event.key === "Escape") stop(item);
  });
  ask(item, field, button("tool", list.dataset.save, save));
  field.select();
}

function askDelete(item, talk) {
  const text = Object.assign(document.createElement("span"), { textContent: `${list.dataset.really} ` });
  const keep = button("tool", list.dataset.keep, () => stop(item));
  const remove = button("tool danger", list.dataset.delete, () => {
    localStorage.removeItem(talk.key);
    if (talk.key === current()) forget();
    stop(item);
  });
  ask(item, text, remove, keep);
  keep.focus();
}
