// What is selected in a post can be quoted: a button beside it puts it into the form for an answer, or for a comment that
// is open, as Markdown's "> ".

const WAIT = 150;
const form = () => [...document.querySelectorAll("form[id^=comment-form] textarea[name=body]"), document.querySelector("#answer textarea[name=body]")].find(Boolean);
const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-primary quote-it", textContent: "Quote", hidden: true });
let timer;
let words = "";

button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
button.addEventListener("click", () => {
  const field = form();
  if (!field || !words) return;
  for (let folded = field.closest("details:not([open])"); folded; folded = field.closest("details:not([open])")) folded.open = true;
  const quoted = words.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
  const before = field.value.trimEnd();
  field.focus();
  field.setRangeText(`${before ? `${before}\n\n` : ""}${quoted}\n\n`, 0, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.scrollIntoView({ block: "center" });
  getSelection().removeAllRanges();
  button.hidden = true;
});
document.body.append(button);

function look() {
  const selection = getSelection();
  const range = selection.rangeCount && selection.getRangeAt(0);
  const within = range && (range.commonAncestorContainer.nodeType === 1 ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement);
  words = selection.toString().trim();
  const place = words && form() && within?.closest("article .prose, .cmt-text");
  button.hidden = !place;
  if (!place) return;
  const box = range.getBoundingClientRect();
  button.style.setProperty("--top", `${scrollY + box.bottom + 8}px`);
  button.style.setProperty("--start", `${Math.max(8, Math.min(box.left, innerWidth - 120))}px`);
}

document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
});
look(); // this script came because something was selected
