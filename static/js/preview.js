// Live preview: <textarea data-preview-url="/preview/" data-preview-target="#preview-id">. The server answers HTML.
// The box is filled while it can be seen, half a second after the last key.

const WAIT = 500;

document.querySelectorAll("textarea[data-preview-url]").forEach((field) => {
  const box = document.querySelector(field.dataset.previewTarget);
  const holder = box?.closest("details") || box;
  if (!box) return;
  holder.hidden = false;
  let timer, last = null, request = null;

  async function refresh() {
    if (holder.matches("details:not([open])") || field.value === last) return;
    request?.abort();
    request = new AbortController();
    const sent = field.value;
    const body = new FormData();
    body.set("body", sent);
    body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(field.dataset.previewUrl, {
        method: "POST", body, signal: request.signal, headers: { "HX-Request": "true" },
      });
      // 422 carries the sentence that says why the text cannot be shown.
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      // The fragment comes from our own server, where forum/markup/ made it safe.
      box.innerHTML = await answer.text();
      last = sent;
    } catch (error) {
      if (error.name !== "AbortError") box.textContent = "The preview is not available just now. Your text is safe.";
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT);
  });
  holder.addEventListener("toggle", refresh);
  refresh();
});
