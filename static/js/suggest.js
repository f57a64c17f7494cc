// <input data-suggest> and the .suggest beside it, which htmx fills: an ARIA combobox of links. Without this script, and
// without a choice, Enter searches for what was typed.

import { isComposing } from "./keys.js";

const ready = new WeakSet();
let number = 0;

export function suggest(input) {
  if (ready.has(input)) return;
  ready.add(input);
  const box = input.parentElement.querySelector(".suggest");
  const id = `suggest-${++number}`;
  const options = () => [...box.querySelectorAll("[role=option]")];
  let active = -1;

  box.id = id;
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  })) input.setAttribute(name, value);

  function show(open) {
    box.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    choose(-1);
  }
  function choose(index) {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[index].id);
    options()[index].scrollIntoView({ block: "nearest" });
  }

  box.addEventListener("htmx:afterSwap", () => {
    options().forEach((option, at) => (option.id = `${id}-${at}`));
    show(options().length > 0 && document.activeElement === input && input.value.trim() !== "");
  });
  input.addEventListener("focus", () => show(options().length > 0 && input.value.trim() !== ""));
  input.addEventListener("input", () => input.value.trim() || show(false));
  input.addEventListener("blur", () => show(false));
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus until the link is followed
  input.addEventListener("keydown", (event) => {
    const size = box.hidden || isComposing(event) ? 0 : options().length;
    if (!size) return;
    if (event.key === "ArrowDown") choose(active + 1 < size ? active + 1 : -1);
    else if (event.key === "ArrowUp") choose(active < 0 ? size - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) options()[active].click();
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
  if (document.activeElement === input && options().length) show(true); // they came while this script did
}
