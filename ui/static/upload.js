// Sends files to the server one after the other, with their progress, and then names those that it took.

export function attachUpload(element, trigger) {
  const input = () => element.querySelector("input[type=file]");
  element.addEventListener("change", (event) => {
    if (event.target !== input()) return;
    sendAll(element, [...event.target.files], trigger);
    event.target.value = ""; // so that the same file can be chosen again
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    element.addEventListener(name, (event) => {
      const drop = event.target.closest(".drop");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("is-over", name === "dragover");
      if (name === "drop") sendAll(element, [...event.dataTransfer.files], trigger);
    });
  }
}

async function sendAll(element, files, trigger) {
  if (!files.length) return;
  const { dataset } = element.querySelector(".upload");
  const list = element.querySelector(".upload-list");
  list.replaceChildren();
  const tokens = [];
  for (const file of files) {
    const row = list.appendChild(document.createElement("li"));
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `${dataset.sending} ${file.name}`);
    row.append(`${dataset.sending} ${file.name} `, bar);
    const { token, problem } = await send(file, (part) => { bar.value = part; });
    if (token) {
      tokens.push(token);
      row.remove();
    } else {
      row.className = "problem";
      row.textContent = problem ?? `${file.name}: ${dataset.notSent}`;
    }
  }
  if (tokens.length) trigger("stored", { files: tokens });
}

/** XMLHttpRequest, because fetch does not tell how far an upload has come. */
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
