// The inbox by keyboard: J and K move, O opens, E marks read or unread, Shift+A marks all. Each is a button of the page.

import { say } from "./announce.js";
import { usesKeys } from "./keys.js";

const inbox = document.querySelector("[data-inbox]");
const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog");
const lines = () => [...inbox.querySelectorAll("[data-line]")];
const current = () => document.activeElement?.closest("[data-line]");

function move(step) {
  const all = lines();
  const at = all.indexOf(current());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (!next) return say(step > 0 ? "This was the last line of this page." : "This is the first line.");
  // A line that leads nowhere has its other button alone.
  next.querySelector("button").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const press = (selector) => (current() ? current().querySelector(selector)?.click() : say("Choose a line first, with J."));

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press("button.nt"),
  e: () => press(".in-mark"),
  A: () => document.querySelector("[data-read-all]")?.click(),
};

if (inbox) {
  document.addEventListener("keydown", (event) => {
    if (!usesKeys() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || typing(event.target)) return;
    const act = KEYS[event.shiftKey ? event.key : event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.querySelectorAll("[data-keys]").forEach((one) => (one.hidden = false));
}
