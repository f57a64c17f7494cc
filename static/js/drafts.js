// Keeps what is typed: <form data-draft-url="/drafts/save/" data-draft-key="ask"> with a [data-draft-status] inside.
// Saved on the server a few seconds after the last key; when that fails, on this device until it works again.

import { say } from "./announce.js";

const WAIT = 3000;
const UNSAVED = ["password", "file", "hidden"];

const watched = new WeakSet();

function watch(form) {
  if (watched.has(form)) return;
  watched.add(form);
  const status = form.querySelector("[data-draft-status]") || document.querySelector("[data-draft-status]");
  const key = `draft:${form.dataset.draftKey || location.pathname}`;
  let timer, sent = snapshot(), leaving = false;

  function snapshot() {
    const fields = [...form.elements].filter((one) => one.name && !UNSAVED.includes(one.type) && !one.closest(".trap"));
    return JSON.stringify(fields.map((one) => [one.name, /checkbox|radio/.test(one.type) ? [one.value, one.checked] : one.value]));
  }
  function tell(text, kept) {
    if (!status) return;
    status.hidden = false;
    status.dataset.state = kept ? "kept" : "local";
    (status.querySelector("[data-text]") || status).textContent = text;
  }
  // Pictures and the like are no part of a draft.
  function body() {
    const data = new FormData(form);
    form.querySelectorAll("input[type=file][name]").forEach((input) => data.delete(input.name));
    return data;
  }
  // A private window keeps nothing and says so by an exception.
  function keepHere(text) {
    try {
      localStorage.setItem(key, text);
      return true;
    } catch {
      return false;
    }
  }
  async function save() {
    const now = snapshot();
    if (now === sent || leaving) return;
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: body(), headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(String(answer.status));
      sent = now;
      localStorage.removeItem(key);
      tell("Draft saved", true);
    } catch {
      tell(keepHere(now) ? "Draft kept on this device" : "Draft not saved yet", false);
    }
  }
  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (!kept || localStorage.getItem(key) === sent) return;
    for (const [name, value] of kept) {
      for (const one of [...form.elements].filter((field) => field.name === name)) {
        if (!Array.isArray(value)) one.value ||= value;
        else if (one.value === value[0]) one.checked = value[1];
      }
    }
    tell("Your draft is back", false);
    say("Your draft is back");
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    localStorage.removeItem(key);
  });
  addEventListener("pagehide", () => {
    if (leaving || snapshot() === sent) return;
    navigator.sendBeacon(form.dataset.draftUrl, body());
    keepHere(snapshot());
  });
  try { restore(); } catch { localStorage.removeItem(key); }
}

// Forms that stand on the page, and those that htmx brings later (a comment's).
const find = (root) => root.querySelectorAll("form[data-draft-url]").forEach(watch);
find(document);
addEventListener("htmx:load", (event) => event.detail.elt.parentNode && find(event.detail.elt.parentNode));
