// data-busy="Undoing …": a form whose act takes a while says so on its button, and is sent once.
// Without JavaScript the browser's own sign of loading is all there is.

import { say } from "./announce.js";

for (const form of document.querySelectorAll("form[data-busy]")) {
  const button = form.querySelector("button.btn-big");
  const words = button?.innerHTML;
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") return event.preventDefault();
    if (event.defaultPrevented) return;
    form.ariaBusy = "true";
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.busy;
    say(form.dataset.busy);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    form.ariaBusy = null;
    button.removeAttribute("aria-disabled");
    button.innerHTML = words;
  });
}
