// Lets messages be dismissed, and lifts those that came with a page opened at an anchor further down.

import { float } from "./announce.js";

const region = document.getElementById("messages");

region?.querySelectorAll("[data-dismiss]").forEach((button) => (button.hidden = false));
region?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (!button) return;
  button.closest("[data-message]").remove();
  if (!region.querySelector("[data-message]")) document.getElementById("main")?.focus({ preventScroll: true });
});

if (region?.firstElementChild && location.hash) {
  addEventListener("load", () => requestAnimationFrame(float), { once: true });
  leaveLater();
}

addEventListener("htmx:oobAfterSwap", ({ detail }) => detail.target === region && float());

// Good news leaves by itself, but not while somebody is on it. Errors, what can be taken back and a private link stay until they are dismissed.
function leaveLater() {
  setTimeout(() => {
    if (region.matches(":hover, :focus-within")) return leaveLater();
    region.querySelectorAll("[data-message]:not(.m-err, .m-warn, :has(form, [data-copy]))").forEach((message) => message.remove());
  }, 10000);
}
