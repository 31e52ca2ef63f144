// Announces what just happened to screen readers.

export function say(text) {
  const status = document.getElementById("page-status") ?? document.body.appendChild(
    Object.assign(document.createElement("div"), { id: "page-status", className: "unseen" }),
  );
  status.setAttribute("role", "status");
  status.textContent = text;
}
