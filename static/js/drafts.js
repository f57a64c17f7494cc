// Keeps what is typed: <form data-draft-url="/drafts/save/" data-draft-key="ask"> with a [data-draft-status] inside.
// Saved on the server a few seconds after the last key, and before the form is sent; when that fails, on this device until
// the server has it. A copy belongs to one sitting at a form (submission_id), so two tabs keep two texts. The next person
// at a shared computer finds nothing there: no address or name, nothing that the server has, nothing of yesterday.

import { say } from "./announce.js";
import { hasWords, unsent } from "./offline.js";

const WAIT = 3000;
const PATIENCE = 8000;
const UNSAVED = ["password", "file", "hidden"];
const PRIVATE = ["guest_name", "guest_email"];
const PREFIX = "draft:";
const KEPT = { localStorage: 24 * 3600 * 1000, sessionStorage: 60 * 1000 };

const watched = new WeakSet();

function watch(form) {
  if (watched.has(form)) return;
  watched.add(form);
  const status = form.querySelector("[data-draft-status]") || document.querySelector("[data-draft-status]");
  const place = `${PREFIX}${form.dataset.draftKey || location.pathname}:`;
  const sitting = () => form.elements.submission_id?.value || "";
  let timer, saving = null, sent = snapshot(), leaving = false, failed = false, isGoing = false, isReady = false;

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
  function keepHere(store = "localStorage") {
    try {
      globalThis[store].setItem(place + sitting(), JSON.stringify({ at: Date.now(), fields: snapshot(PRIVATE) }));
      tell("Draft kept on this device", false);
    } catch {
      tell("Draft not saved yet", false);
    }
  }
  const send = (data) => fetch(form.dataset.draftUrl, { method: "POST", body: data, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(PATIENCE) });
  const isReached = () => fetch(location.pathname, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }).then(() => true, () => false);

  // Says whether the server could be reached at all.
  async function save() {
    const now = snapshot();
    if (leaving) return true;
    try {
      const answer = await send(body());
      failed = !answer.ok;
      if (failed) keepHere();
      else {
        sent = now;
        forget(place + sitting());
        tell("Draft saved", true);
      }
      return true;
    } catch {
      failed = true;
      keepHere();
      return false;
    }
  }
  function saveNow() {
    clearTimeout(timer);
    saving ??= save().finally(() => { saving = null; });
    return saving;
  }

  function fill(fields) {
    for (const [name, value] of fields) {
      for (const one of [...form.elements].filter((field) => field.name === name && !UNSAVED.includes(field.type))) {
        if (!Array.isArray(value)) one.value = value;
        else if (one.value === value[0]) one.checked = value[1];
      }
    }
    form.closest("details")?.setAttribute("open", "");
    tell("Your draft is back", false);
    say("Your draft is back");
  }
  // A text that this form does not show goes to the other drafts.
  async function handOver(key, fields) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("submission_id", key.slice(place.length));
    for (const [name, value] of fields) {
      if (!Array.isArray(value)) data.append(name, value);
      else if (value[1]) data.append(name, value[0]);
    }
    const answer = await send(data).catch(() => null);
    if (answer?.ok) forget(key);
  }
  // The text of the draft that this form goes on from; else, in an empty form, the one typed last. It is the same sitting.
  function restore() {
    const all = copiesOf(place).sort((one, other) => other.at - one.at);
    const copies = all.filter((copy, at) => all.findIndex(({ key }) => key === copy.key) === at);
    const isEmpty = [...form.querySelectorAll("textarea")].every((one) => !one.value.trim());
    const goesOn = [form.elements.continues?.value, sitting()].map((number) => place + number);
    const mine = copies.find(({ key }) => goesOn.includes(key)) || (isEmpty && !location.search.includes("new=") && copies[0]);
    for (const { key, fields } of copies) {
      if (key !== mine?.key) handOver(key, fields);
      else {
        if (JSON.stringify(fields) !== snapshot(PRIVATE)) fill(fields);
        if (form.elements.submission_id) form.elements.submission_id.value = key.slice(place.length);
        saveNow();
      }
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (snapshot() !== sent) saveNow(); }, WAIT);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("offline", () => {
    failed = true;
    keepHere();
  });

  // Caught on its way down: sent on once the draft is kept, and kept on the page where the server cannot be reached.
  form.addEventListener("submit", async (event) => {
    if (isReady || event.submitter?.hasAttribute("formaction") || !hasWords(form)) {
      leaving = !form.hasAttribute("hx-post");
      clearTimeout(timer);
      if (event.submitter?.formAction.includes("/start-over/")) forget(place + sitting());
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isGoing) return;
    isGoing = true;
    await saving;
    const isOn = (await saveNow()) || (await isReached());
    isGoing = false;
    if (!isOn) return unsent(form);
    isReady = true;
    form.requestSubmit(event.submitter);
    isReady = false;
  }, { capture: true });

  addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
  addEventListener("pagehide", () => {
    if (leaving || snapshot() === sent || !form.isConnected) return;
    // No answer comes to this one: the text stays here where the last one failed, else in this tab for the next page.
    const isSent = navigator.sendBeacon(form.dataset.draftUrl, body()) && navigator.onLine && !failed;
    if (isSent) forget(place + sitting());
    keepHere(isSent ? "sessionStorage" : "localStorage");
  });
  try { restore(); } catch { /* this device keeps nothing */ }
}

function forget(key) {
  try { Object.keys(KEPT).forEach((store) => globalThis[store].removeItem(key)); } catch { /* nothing is kept here */ }
}
// A copy that cannot be read goes, and what an earlier version kept without its time counts as old.
function read(store, key) {
  try {
    const { at, fields } = JSON.parse(globalThis[store].getItem(key));
    if (Date.now() - at < KEPT[store]) return [{ key, at, fields: JSON.parse(fields) }];
  } catch { /* not ours any more */ }
  globalThis[store].removeItem(key);
  return [];
}
function copiesOf(place) {
  return Object.keys(KEPT).flatMap((store) => Object.keys(globalThis[store]).filter((key) => key.startsWith(place)).flatMap((key) => read(store, key)));
}
try { copiesOf(PREFIX); } catch { /* a device that keeps nothing has nothing to forget */ }

// Forms that stand on the page, and those that htmx brings later (a comment's).
const find = (root) => root.querySelectorAll("form[data-draft-url]").forEach(watch);
find(document);
addEventListener("htmx:load", (event) => event.detail.elt.parentNode && find(event.detail.elt.parentNode));
