// Completes names behind an @ in the text of a post, <textarea name="body">, by a list at the caret: people of the thread first.
// The server answers members with {"members": [{"name": "quiet fox", "is_here": true}, …]} to ?q= and the form's post.
// Comes with the first @ (`writing.js`), in the midst of a text.
// A textarea may not be a combobox, so it stays a text field that controls a list while one is open.

import { say } from "./announce.js";
import { placeAtCaret } from "./caret.js";
import { insert } from "./editor.js";
import { isComposing } from "./keys.js";

const WAIT = 150;
const FIELD = "textarea[name=body]";
const TYPED = /(?:^|[^\p{L}\p{N}./\\@#&=%+-])@([\p{L}\p{N}][\p{L}\p{N}\p{M} \-_.'’·]{0,29})?$/u;
const list = Object.assign(document.createElement("ul"), { className: "combo-list at-caret", id: "names", hidden: true });
let field, timer, active = -1, known = null, isRefused = false;

list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Matching names");

const options = () => [...list.children];

// What stands between the sign and the caret; null when nothing is being named.
function typed() {
  const { selectionStart: at, selectionEnd, value } = field;
  const found = at === selectionEnd && TYPED.exec(value.slice(Math.max(at - 40, 0), at));
  return found ? found[1] ?? "" : null;
}
function close() {
  list.hidden = true;
  active = -1;
  for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) field?.removeAttribute(name);
}
function open() {
  field.parentElement.classList.add("combo");
  field.parentElement.append(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  const names = options().map((option) => option.dataset.name);
  const isOnly = names.length === 1;
  if (isOnly) say(`${names[0]} fits. Enter takes the name.`);
  else if (list.hidden) say(`${names.length} names fit. The arrow keys lead to them.`);
  list.hidden = false;
  choose(isOnly ? 0 : -1);
  placeAtCaret(list, field, field.selectionStart - typed().length - 1);
}
function choose(index) {
  active = index;
  options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  if (index < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", options()[index].id);
  options()[index].scrollIntoView({ block: "nearest" });
}
function take(name) {
  const at = field.selectionStart;
  known = `${name} `; // nothing more to complete
  insert(field, at - typed().length, at, known);
  close();
}
function option(member, index) {
  const item = document.createElement("li");
  item.id = `${list.id}-${index}`;
  item.setAttribute("role", "option");
  item.dataset.name = member.name;
  item.append(Object.assign(document.createElement("bdi"), { textContent: member.name }));
  if (member.is_here) item.append(Object.assign(document.createElement("span"), { className: "xs muted", textContent: "In this thread" }));
  return item;
}
async function suggest() {
  const q = typed();
  if (q === null || isRefused || (known && q.startsWith(known))) return close();
  // A button of the form may be called "action" too.
  const post = /\/posts\/(\d+)\//.exec(field.form?.getAttribute("action"))?.[1] ?? "";
  const answer = await fetch(`/mentions/complete/?${new URLSearchParams({ q, post })}`).catch(() => null);
  isRefused = answer?.status === 403;
  if (!answer?.ok || typed() !== q) return;
  const { members } = await answer.json();
  known = members.length ? null : q; // a longer text fits no better
  list.replaceChildren(...members.map(option));
  if (members.length && document.activeElement === field) open();
  else close();
}

function listen(target) {
  if (!target.matches?.(FIELD)) return;
  if (field !== target) close();
  field = target;
  clearTimeout(timer);
  if (typed() === null) close();
  else timer = setTimeout(suggest, WAIT);
}

listen(document.activeElement);
addEventListener("input", (event) => listen(event.target));
addEventListener("scroll", (event) => { if (event.target === field) close(); }, true);
addEventListener("focusout", (event) => { if (event.target === field) setTimeout(close, 150); });
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => { const item = event.target.closest("[data-name]"); if (item) take(item.dataset.name); });
// Before the editor's own keys: Enter chooses a name here, and no new line of a list.
addEventListener("keydown", (event) => {
  if (list.hidden || event.target !== field || isComposing(event)) return;
  const size = options().length;
  if (event.key === "ArrowDown") choose((active + 1) % size);
  else if (event.key === "ArrowUp") choose((active - 1 + size) % size);
  else if (event.key === "Escape") close();
  else if (["Enter", "Tab"].includes(event.key) && active >= 0) take(options()[active].dataset.name);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
