// Two ways to tell the reader something: say() for screen readers alone, show() for everybody, in #messages.

/** Says `text` to screen readers; the same text twice is said twice. */
export function say(text) {
  const region = document.getElementById("live");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 60);
}

/** Shows `text` in #messages, afloat, until it is dismissed; `kind` is ok, info or err. */
export function show(text, kind = "err") {
  const region = document.getElementById("messages");
  const model = document.getElementById(`message-${kind}`);
  if (!region || !model) return say(text);
  const message = model.content.firstElementChild.cloneNode(true);
  message.querySelector("[data-text]").textContent = text;
  region.replaceChildren(message);
  float();
}

/** Lifts #messages to the foot of the window, for when the page is scrolled past its place. */
export function float() {
  const region = document.getElementById("messages");
  region?.querySelectorAll("[data-dismiss]").forEach((button) => (button.hidden = false));
  const top = region?.parentElement.getBoundingClientRect().top ?? 0;
  region?.classList.toggle("floats", top < -40);
}
