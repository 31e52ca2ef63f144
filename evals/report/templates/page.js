const [words, state, tag, count] = ["words", "state", "tag", "count"].map((id) => document.getElementById(id));
const cases = [...document.querySelectorAll(".case")];
function filter() {
  const wanted = words.value.toLowerCase();
  let shown = 0;
  for (const one of cases) {
    const fits = (!state.value || one.dataset.state === state.value)
      && (!tag.value || one.dataset.tags.split(" ").includes(tag.value))
      && one.textContent.toLowerCase().includes(wanted);
    one.hidden = !fits;
    shown += fits;
  }
  count.textContent = `${shown} of ${cases.length}`;
}
document.getElementById("filter").addEventListener("input", filter);
document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches(".case")) { target.hidden = false; target.open = true; }
});
filter();
