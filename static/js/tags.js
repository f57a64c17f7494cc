// <input data-tags-url="/tags/complete/">: an ARIA combobox. Inside [data-tagbox] each tag taken becomes a chip with a
// field of the same name, as the server draws them; elsewhere the line holds one tag.
// The server answers {"tags": [{"name": "boundaries", "count": 12, "also": "", "is_near": false}, …], "is_new": false,
// "may_create": false} to ?q= and the topic. `also` is the other name by which a tag was found, `is_near` one that is
// only spelled nearly so.

import { say } from "./announce.js";
import { isComposing } from "./keys.js";

const WAIT = 200;
const COMMAS = /[,，،\n]/;

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

document.querySelectorAll("input[data-tags-url]").forEach((input, number) => {
  const tagbox = input.closest("[data-tagbox]");
  const note = tagbox?.parentElement.querySelector("[data-tags-said]");
  const list = make("ul", { className: "combo-list", id: `tags-list-${number}`, hidden: true });
  const box = make("div", { className: "combo" });
  let timer, active = -1;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Matching tags");
  input.before(box);
  box.append(input, list);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  const typed = () => input.value.trim();
  const options = () => [...list.children];
  const chips = () => (tagbox ? [...tagbox.querySelectorAll(".tag")] : []);
  const chosen = () => chips().map((chip) => chip.querySelector("input").value);
  const changed = () => input.dispatchEvent(new Event("change", { bubbles: true }));

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }
  function choose(index) {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[index].id);
    options()[index].scrollIntoView({ block: "nearest" });
  }
  function tell(text) {
    if (note && note.textContent !== text) note.textContent = text;
  }

  // As forum.plaintext.tag_name keeps it, near enough to look at; the server has the last word.
  const tidy = (text) => text.trim().toLowerCase().replace(/\s+/g, "-");

  async function add(text) {
    const name = tidy(text);
    if (!name || chosen().includes(name)) return;
    const field = make("input", { name: input.name, value: name, hidden: true, ariaLabel: "Tag" });
    const button = make("button", { type: "button" }, cross(), make("span", { className: "vh", textContent: `Remove ${name}` }));
    box.before(make("span", { className: "tag" }, make("bdi", { textContent: name }), field, button));
    say(`Added ${name}`);
    judge(name, await look(name));
  }
  function cross() {
    const sprite = document.querySelector("svg.i use").getAttribute("href").split("#")[0];
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("class", "i i-s");
    icon.setAttribute("aria-hidden", "true");
    icon.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
    icon.firstChild.setAttribute("href", `${sprite}#x`);
    return icon;
  }
  function take(text) {
    clearTimeout(timer);
    if (tagbox) {
      text.split(COMMAS).forEach(add);
      input.value = "";
    } else input.value = text;
    show(false);
    changed();
  }
  function remove(chip) {
    say(`Removed ${chip.querySelector("input").value}`);
    chip.remove();
    tell("");
    changed();
    input.focus();
  }

  async function look(asked) {
    const query = new URLSearchParams({ q: asked, category: input.form?.elements.category?.value ?? "" });
    const answer = await fetch(`${input.dataset.tagsUrl}?${query}`).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }
  function judge(asked, answer) {
    if (!answer?.is_new) tell("");
    else if (answer.may_create) tell(`“${tidy(asked)}” is new here. It becomes a tag when you post.`);
    else tell(`“${tidy(asked)}” is not a tag here yet. It will be left out.`);
  }
  async function suggest() {
    const asked = typed();
    if (!asked) return tell(""), show(false);
    const answer = await look(asked);
    if (!answer || typed() !== asked) return;
    const offered = answer.tags.filter((tag) => !chosen().includes(tag.name));
    list.replaceChildren(...offered.map(option));
    show(offered.length > 0 && document.activeElement === input);
    judge(asked, answer);
  }
  function option(tag, index) {
    const count = tag.count === 1 ? "1 question" : `${tag.count} questions`;
    const also = tag.also ? `(also: ${tag.also}) ` : tag.is_near ? "similar · " : "";
    const item = make("li", { id: `${list.id}-${index}` }, tag.name, make("span", { className: "xs muted", textContent: also + count }));
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.name = tag.name;
    return item;
  }

  input.addEventListener("input", (event) => {
    if (tagbox && !isComposing(event) && COMMAS.test(input.value)) return take(input.value);
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
  input.addEventListener("blur", () => {
    if (tagbox && typed()) take(input.value);
    setTimeout(() => show(false), 150);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-name]");
    if (item) take(item.dataset.name);
  });
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const size = list.hidden ? 0 : options().length;
    if (event.key === "ArrowDown" && size) choose((active + 1) % size);
    else if (event.key === "ArrowUp" && size) choose((active - 1 + size) % size);
    else if (event.key === "Escape" && size) show(false);
    else if (["Enter", "Tab"].includes(event.key) && active >= 0) take(options()[active].dataset.name);
    else if (event.key === "Enter" && tagbox) take(input.value); // never sends the form, which may be half written
    else if (event.key === "Backspace" && tagbox && !input.value && chips().length) remove(chips().at(-1));
    else return;
    event.preventDefault();
  });

  if (!tagbox) return;
  chips().forEach((chip) => (chip.querySelector("button").type = "button"));
  tagbox.addEventListener("click", (event) => {
    const button = event.target.closest(".tag button");
    if (button) remove(button.closest(".tag"));
    else if (event.target === tagbox) input.focus();
  });
  input.form?.addEventListener("submit", () => typed() && take(input.value));
  // What this device had kept of an interrupted text comes as one line (drafts.js).
  if (typed()) take(input.value);
});
