// Copies an answer, or saves an answer or the whole conversation as a file.

import { say } from "./saying.js";

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
  const button = event.target.closest("button[data-save], button[data-save-all]");
  if (!button) return;
  const { save, saveAll, name } = button.dataset;
  const address = URL.createObjectURL(new Blob([saveAll ? whole(saveAll) : save], { type: "text/plain" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
});

/** The answers of the conversation, oldest first, as the text of one file with this suffix. */
function whole(suffix) {
  const buttons = [...document.querySelectorAll("#talk button[data-save]")];
  const texts = buttons.filter((one) => one.dataset.name.endsWith(suffix)).map((one) => one.dataset.save);
  return suffix === ".json" ? `[${texts.join(",\n")}]\n` : `${texts.join("\n\n---\n\n")}\n`;
}
