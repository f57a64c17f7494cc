// Two shortcuts, "/" to search and "?" for help; never while somebody types, never with a modifier.

// What an input method composes is its own until it is done; 229 is how older ones say so.
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

const typing = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isComposing(event) || typing(event.target)) return;
  const target = event.key === "/" ? "[data-key='/']" : event.key === "?" ? "[data-key='?']" : null;
  const control = target && [...document.querySelectorAll(target)].find((one) => one.offsetParent !== null);
  if (!control) return;
  event.preventDefault();
  if (control.matches("a")) control.click();
  else control.focus();
});
