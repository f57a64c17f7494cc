// Keeps what is typed: <form data-draft-url="/drafts/save/" data-draft-key="ask"> with a [data-draft-status] inside.
// Saved on the server a few seconds after the last key; when that fails, on this device until it works again. The next
// person at a shared computer finds nothing there: no address or name, nothing that the server has, nothing of yesterday.

import { say } from "./announce.js";

const WAIT = 3000;
const UNSAVED = ["password", "file", "hidden"];
const PRIVATE = ["guest_name", "guest_email"];
const PREFIX = "draft:";
const KEPT = 24 * 3600 * 1000;

const watched = new WeakSet();

function watch(form) {
  if (watched.has(form)) return;
  watched.add(form);
  const status = form.querySelector("[data-draft-status]") || document.querySelector("[data-draft-status]");
  const key = `${PREFIX}${form.dataset.draftKey || location.pathname}`;
  let timer, sent = snapshot(), leaving = false, failed = false;

  // What is compared holds every field; what this device keeps, none that says who typed.
  // Several texts of one name are the tags chosen so far: one line of them.
  function snapshot(left = []) {
    const fields = [...form.elements].filter((one) => one.name && !UNSAVED.includes(one.type) && !left.includes(one.name) && !one.closest(".trap"));
    const ticked = fields.filter((one) => /checkbox|radio/.test(one.type)).map((one) => [one.name, [one.value, one.checked]]);
    const typed = {};
    for (const one of fields) if (!/checkbox|radio/.test(one.type)) typed[one.name] = [typed[one.name], one.value].filter(Boolean).join(", ");
    return JSON.stringify([...Object.entries(typed), ...ticked]);
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
  function keepHere() {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: snapshot(PRIVATE) }));
      return true;
    } catch {
      return false;
    }
  }
  function forget() {
    try { localStorage.removeItem(key); } catch { /* nothing is kept here */ }
  }
  async function save() {
    const now = snapshot();
    if (now === sent || leaving) return;
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: body(), headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(String(answer.status));
      [sent, failed] = [now, false];
      forget();
      tell("Draft saved", true);
    } catch {
      failed = true;
      tell(keepHere() ? "Draft kept on this device" : "Draft not saved yet", false);
    }
  }
  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (!kept || kept.fields === snapshot(PRIVATE)) return forget();
    for (const [name, value] of JSON.parse(kept.fields)) {
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
    forget();
  });
  addEventListener("pagehide", () => {
    if (leaving || snapshot() === sent) return;
    // No answer comes to this one: where the last one failed, the text stays here as well.
    if (navigator.sendBeacon(form.dataset.draftUrl, body()) && navigator.onLine && !failed) forget();
    else keepHere();
  });
  try { restore(); } catch { forget(); }
}

// Whatever an earlier version kept without its time counts as old.
function forgetOld() {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    let at = 0;
    try { at = Number(JSON.parse(localStorage.getItem(key)).at); } catch { /* not ours any more */ }
    if (!(Date.now() - at < KEPT)) localStorage.removeItem(key); // a list, as an earlier version kept, makes this NaN
  }
}
try { forgetOld(); } catch { /* a device that keeps nothing has nothing to forget */ }

// Forms that stand on the page, and those that htmx brings later (a comment's).
const find = (root) => root.querySelectorAll("form[data-draft-url]").forEach(watch);
find(document);
addEventListener("htmx:load", (event) => event.detail.elt.parentNode && find(event.detail.elt.parentNode));
