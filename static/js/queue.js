// The moderation queue: J/K and one-letter acts, the library of replies, several at once, and a look for news while
// somebody looks. Everything here is a button or a link of the page, which works without it.

import { say } from "./announce.js";
import { usesKeys } from "./keys.js";

const LOOK_EVERY = 20000;
const queue = document.querySelector("[data-queue]");
const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
const cases = () => [...queue.querySelectorAll("[data-case]")];
const current = () => document.activeElement?.closest("[data-case]");

// Moving: the case itself takes the focus, so that Tab goes on from there.
function move(step) {
  const all = cases();
  const at = all.indexOf(current());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (!next) return say(step > 0 ? "This was the last case of this page." : "This is the first case.");
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function tap(key) {
  const control = (current() || queue.querySelector("[data-case]"))?.querySelector(`[data-tap=${key}]`);
  if (current() && control) control.click();
  else if (!current()) say("Choose a case first, with J.");
}

function toggle(selector) {
  const details = current()?.querySelector(selector);
  if (!details) return;
  details.open = !details.open;
  ((details.open && details.querySelector("textarea")) || details.querySelector("summary")).focus();
}

function undo() {
  const buttons = [...document.querySelectorAll("[data-tap=u], #messages form[action='/moderation/undo/'] button")];
  const own = current()?.querySelector("[data-tap=u]");
  (own || buttons.at(-1))?.click();
}

function shortcuts() {
  const list = queue.querySelector("[data-keys]");
  list.open = !list.open;
  list.querySelector("summary").focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => toggle("[data-fold]"),
  m: () => toggle("[data-more]"),
  a: () => tap("a"),
  h: () => tap("h"),
  c: () => tap("c"),
  u: undo,
  x: () => current()?.querySelector("[name=cases]")?.click(),
  "?": shortcuts,
};

if (queue) {
  // Before the site's own "?" (keys.js listens further out): here it shows this list.
  document.addEventListener("keydown", (event) => {
    if (!usesKeys() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || typing(event.target)) return;
    const act = KEYS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  queue.querySelectorAll("[data-keys], [data-choose-all]").forEach((one) => (one.hidden = false));

  // A reply of the library goes into the message at once; without script the link loads the page with it.
  queue.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply]");
    const text = link && document.querySelector(`template[data-reply-text="${CSS.escape(link.dataset.reply)}"]`);
    if (!text || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const field = link.closest(".field").querySelector("textarea");
    field.value = text.content.textContent;
    field.rows = 6;
    field.focus();
  });

  chooseSeveral();
  lookForNews();
}

function chooseSeveral() {
  const boxes = () => [...queue.querySelectorAll("[name=cases]")];
  const bars = queue.querySelectorAll("[data-bulk]");
  const tell = () => {
    const number = boxes().filter((box) => box.checked).length;
    bars.forEach((bar) => {
      bar.querySelector("[data-chosen]").textContent = number ? `${number} chosen` : "";
      if (number) bar.open = true;
    });
  };
  queue.addEventListener("change", (event) => event.target.name === "cases" && tell());
  queue.addEventListener("click", (event) => {
    if (!event.target.closest("[data-choose-all]")) return;
    const all = boxes();
    const every = all.every((box) => box.checked);
    all.forEach((box) => (box.checked = !every));
    tell();
  });
  if (boxes().some((box) => box.checked)) tell(); // the browser kept them over a reload
}

// Asks while the tab is seen; what is being read or typed stays as it is, only the line above the list and the counts change.
function lookForNews() {
  let last = "";
  const look = () => {
    const place = queue.querySelector("[data-queue-news]");
    if (place && document.visibilityState === "visible") place.dispatchEvent(new CustomEvent("queue:look"));
  };
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target?.id !== "queue-news") return;
    if (detail.xhr.responseText === last || detail.isError) detail.shouldSwap = false;
    last = detail.xhr.responseText;
  });
  setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", look);
}

// A decided case leaves one line; the focus is there, so that J goes on with the next one.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt?.matches?.(".case-done")) detail.elt.focus({ preventScroll: true });
});
