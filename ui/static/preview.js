// The card that floats over a source's number, or over an article in the timeline.

const preview = document.createElement("div");
let over = null; // what it is shown for
preview.id = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
for (const name of ["preview-source", "preview-title", "preview-quote", "preview-verdict"]) {
  preview.appendChild(Object.assign(document.createElement("p"), { className: name, dir: "auto" }));
}
document.body.appendChild(preview);

/** What has something to preview; a near passage stands beside its button in full. */
const previewed = (target) => target.closest?.(":is(.chip, .mark):not(.near > .chip)");

function showPreview(chip) {
  over = chip;
  const [source, title, quote, verdict] = preview.children;
  const comma = chip.dataset.source.lastIndexOf(", ");
  const outlet = Object.assign(document.createElement("bdi"), { textContent: chip.dataset.source.slice(0, comma) });
  source.replaceChildren(outlet, chip.dataset.source.slice(comma));
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

export function hidePreview() {
  preview.hidden = true;
}

document.addEventListener("mouseover", (event) => {
  const chip = previewed(event.target);
  chip ? showPreview(chip) : hidePreview();
});
document.addEventListener("focusin", (event) => {
  const chip = previewed(event.target);
  if (chip?.matches(":focus-visible")) showPreview(chip);
});
document.addEventListener("focusout", hidePreview);
// Only where the number itself is scrolled away: the article beside it scrolls to its quote by itself.
document.addEventListener("scroll", (event) => {
  if (event.target.contains(over)) hidePreview();
}, true);
