// Keys of every page: "/" to search, "?" for the list of shortcuts, J and K from one question or answer to the next.
// Never while somebody types, never with a modifier.

import { say } from "./announce.js";

// What an input method composes is its own until it is done; 229 is how older ones say so.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

// Single keys get in the way of some, as of those who speak to their device: they can be turned off on it.
const KEPT = "single-keys";
export const usesKeys = () => localStorage.getItem(KEPT) !== "off";

const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

// A list is walked by the links of its titles, a thread by its posts, so that Tab goes on from there.
const stops = () => {
  const main = document.getElementById("main");
  const posts = [...main.querySelectorAll("article[id].q-post, article[id].answer")];
  return posts.length ? posts : [...main.querySelectorAll(".q h3 a")];
};

function move(step) {
  const all = stops();
  if (!all.length) return false;
  const at = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (!next) say(step > 0 ? "This was the last one on this page." : "This is the first one.");
  else {
    if (next.matches("article")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: next.matches("article") ? "start" : "nearest" });
  }
  return true;
}

const control = (key) => [...document.querySelectorAll(`[data-key='${key}']`)].find((one) => one.offsetParent !== null);

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => { const field = control("/"); field?.focus(); return field; },
  "?": () => { const link = control("?"); if (link) import("./shortcuts.js").then(({ open }) => open(link)); return link; },
};

// Behind the keys of the inbox and of the queue, which are heard first.
addEventListener("keydown", (event) => {
  if (!usesKeys() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isComposing(event) || typing(event.target)) return;
  if (KEYS[event.key.toLowerCase()]?.()) event.preventDefault();
});

document.querySelectorAll("[data-keys-switch]").forEach((box) => {
  box.closest("[hidden]").hidden = false;
  box.checked = usesKeys();
  box.addEventListener("change", () => {
    localStorage.setItem(KEPT, box.checked ? "on" : "off");
    say(box.checked ? "Single-key shortcuts are on." : "Single-key shortcuts are off.");
  });
});
