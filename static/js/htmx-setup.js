// What htmx needs to be polite: focus stays where it was, changes are spoken, and a lost connection gets a sentence.

import { say, show } from "./announce.js";
import { hasWords } from "./offline.js";

const lost = (form) => `That did not go through. ${hasWords(form) ? "Your text is still here. " : ""}Please try again.`;
let place = null;

// Remembers which control was used, so that its successor in the new HTML takes the focus.
addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  const { target } = event.detail;
  place = active && target?.contains(active)
    ? { id: active.id, name: active.name, value: active.value, tag: active.tagName, label: active.textContent.trim() }
    : null;
});

addEventListener("htmx:load", (event) => {
  const fresh = event.detail.elt;
  // What is said in #messages comes along with the piece that changed, before it, and takes no focus.
  if (!(fresh instanceof Element) || fresh === document.body || fresh.closest("#messages")) return;
  const spoken = fresh.matches("[data-announce]") ? fresh : fresh.querySelector("[data-announce]");
  if (spoken) say(spoken.dataset.announce);
  const invalid = fresh.querySelector("[data-summary], [aria-invalid=true]");
  if (invalid) invalid.focus();
  else if (place && !fresh.contains(document.activeElement)) {
    const next = successor(fresh);
    if (!next) return; // a number that goes along; the piece itself is still to come
    next.focus({ preventScroll: true });
  }
  place = null;
});

function successor(fresh) {
  if (place.id && fresh.id === place.id) return fresh;
  const same = [...fresh.querySelectorAll("button, a, summary, input, select, textarea")].filter((one) => !one.disabled && one.checkVisibility());
  return (
    same.find((one) => place.id && one.id === place.id) ||
    same.find((one) => place.name && one.name === place.name && one.tagName === place.tag && one.value === place.value) ||
    same.find((one) => place.name && one.name === place.name && one.tagName === place.tag) ||
    same.find((one) => one.tagName === place.tag && one.textContent.trim() === place.label) ||
    same[0]
  );
}

// The configuration put a refusal (4xx, 5xx) into #messages; it becomes a message like any other, in sight.
addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr } = event.detail;
  if (elt?.matches?.("[data-bell], [data-quiet]")) return; // nobody asked for it
  if (!xhr || xhr.status === 422 || (xhr.status >= 200 && xhr.status < 400)) return;
  setTimeout(() => show(document.querySelector("#messages > #refusal")?.textContent.trim() || lost(elt.closest?.("form"))), 60);
});
