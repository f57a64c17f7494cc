// Keeps a form on the page while there is no connection, with a sentence that fits it; what is typed stays where it is.

import { show } from "./announce.js";

/** Says whether somebody has typed words into `form`. */
export function hasWords(form) {
  const fields = form?.querySelectorAll?.("textarea, input:not([type]), input[type=text], input[type=email]") ?? [];
  return [...fields].some((one) => !one.readOnly && !one.closest(".trap") && one.value.trim());
}

/** Says that `form` could not be sent, and that its words are still there where it has any. */
export function unsent(form) {
  show(`You seem to be offline, so this was not sent. ${hasWords(form) ? "Your text is still here. " : ""}Try again once you are connected.`);
}

// Before every other script hears of it.
addEventListener("submit", (event) => {
  const form = event.target;
  if (navigator.onLine || form.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.dispatchEvent(new Event("offline"));
  unsent(form);
}, { capture: true });
