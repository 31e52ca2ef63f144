// Uploads files one after another with a progress bar, then asks the server to add the accepted ones. Files chosen while
// others are being added are queued.

let turn = Promise.resolve();
let waiting = 0; // batches of chosen files that are not finished
let over = () => {}; // resolves when the server has added the current batch

export function attachUpload(element, trigger) {
  const input = () => element.querySelector("input[type=file]");
  element.addEventListener("change", (event) => {
    if (event.target !== input()) return;
    take(element, [...event.target.files], trigger);
    event.target.value = ""; // so that the same file can be chosen again
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    element.addEventListener(name, (event) => {
      const drop = event.target.closest(".drop");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("is-over", name === "dragover");
      if (name === "drop") take(element, [...event.dataTransfer.files], trigger);
    });
  }
}

/** Watches the progress line of the server. */
export function attachAdding(element, watch) {
  watch("value", () => {
    if (!element.querySelector(".step")) over();
  });
}

function take(element, files, trigger) {
  if (!files.length) return;
  const { dataset } = element.querySelector(".upload");
  const list = element.querySelector(".upload-list");
  if (!waiting) list.replaceChildren();
  const rows = files.map((file) => row(list, file, dataset));
  waiting += 1;
  turn = turn.then(async () => {
    const tokens = [];
    for (const one of rows) await sendOne(one, tokens, dataset);
    if (tokens.length) {
      const added = new Promise((resolve) => { over = resolve; });
      trigger("stored", { files: tokens });
      await added;
    }
    waiting -= 1;
    if (waiting) keepProblems(list);
  });
}

function row(list, file, { sending }) {
  const item = list.appendChild(document.createElement("li"));
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", `${sending} ${file.name}`);
  item.append(`${sending} ${file.name} `, bar);
  return { file, item, bar };
}

async function sendOne({ file, item, bar }, tokens, { notSent }) {
  const { token, problem } = await send(file, (part) => { bar.value = part; });
  if (token) {
    tokens.push(token);
    item.remove();
  } else {
    item.className = "problem";
    item.textContent = problem ?? `${file.name}: ${notSent}`;
  }
}

/** Copies the problems into the list, because the report of the next batch replaces the current one. */
function keepProblems(list) {
  for (const problem of document.querySelectorAll("#upload-status :is(.problem, .upload-problems li)")) {
    list.append(Object.assign(document.createElement("li"), { className: "problem", textContent: problem.textContent }));
  }
}

/** Uses XMLHttpRequest, because fetch does not report upload progress. */
function send(file, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", new URL("dateline-files", document.baseURI));
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name.toWellFormed?.() ?? file.name));
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => resolve({});
    request.onload = () => {
      try {
        resolve(JSON.parse(request.responseText));
      } catch {
        resolve({});
      }
    };
    request.send(file);
  });
}
