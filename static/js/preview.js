// One switch, Write / Preview: <textarea data-preview-url="/preview/" data-preview-target="#preview-id">. The server answers
// HTML. Without script the form's own Preview button leads to a page; here the switch takes its place.

import { say } from "./announce.js";

const FAILED = "The preview is not available just now. Your text is safe.";

document.querySelectorAll("textarea[data-preview-url]").forEach((field) => {
  const box = document.querySelector(field.dataset.previewTarget);
  const views = field.closest(".field").querySelector("[data-views]");
  const editor = field.closest(".editor");
  if (!box || !views) return;
  const [write, preview] = views.querySelectorAll("button");
  let last = null, request = null;

  async function refresh() {
    if (field.value === last) return;
    request?.abort();
    request = new AbortController();
    const sent = field.value;
    const body = new FormData();
    body.set("body", sent);
    body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(field.dataset.previewUrl, {
        method: "POST", body, signal: request.signal, headers: { "HX-Request": "true" },
      });
      // 422 carries the sentence that says why the text cannot be shown.
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      // The fragment comes from our own server, where forum/markup/ made it safe.
      box.innerHTML = await answer.text();
      last = sent;
      say("The preview is below.");
    } catch (error) {
      if (error.name === "AbortError") return;
      box.textContent = FAILED;
      last = null;
      say(FAILED);
    }
    box.removeAttribute("aria-busy");
  }
  function show(isPreview) {
    if (isPreview) box.style.minHeight = `${editor.offsetHeight || 96}px`; // what lies below stays where it is
    editor.hidden = isPreview;
    box.hidden = !isPreview;
    write.setAttribute("aria-pressed", String(!isPreview));
    preview.setAttribute("aria-pressed", String(isPreview));
    if (isPreview) refresh();
  }

  write.addEventListener("click", () => { show(false); field.focus(); });
  preview.addEventListener("click", () => show(true));
  // A link to the field, as in the list of what is missing, leads to it.
  document.addEventListener("click", (event) => event.target.closest(`a[href="#${field.id}"]`) && show(false));
  views.hidden = false;
  field.form.querySelectorAll("button[name=action][value=preview]").forEach((button) => (button.hidden = true));
});
