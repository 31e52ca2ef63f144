// The preview card over a citation button or over an article in the timeline.

const preview = document.createElement("div");
let over = null; // the element it is shown for
preview.id = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
for (const name of ["preview-source", "preview-title", "preview-quote", "preview-verdict"]) {
  preview.appendChild(Object.assign(document.createElement("p"), { className: name, dir: "auto" }));
}
document.body.appendChild(preview);

/** The element to preview, if any. A related passage has no preview: its text is beside the button. */
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
// Only if the button itself is scrolled: the article panel also scrolls, to its quote.
document.addEventListener("scroll", (event) => {
  if (event.target.contains(over)) hidePreview();
}, true);
