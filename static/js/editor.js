// The toolbar and shortcuts of <textarea data-editor>, inside .editor with a hidden [data-tools] toolbar before it.
// Text goes in by insertText where browsers allow it, so that undo keeps working.

import { isComposing } from "./keys.js";

const WRAPS = { bold: ["**", "bold text"], italic: ["*", "italic text"], strike: ["~~", "struck text"], code: ["`", "code"] };
const PREFIXES = { heading: "## ", ul: "- ", ol: "1. ", quote: "> " };
const KEYS = { b: "bold", i: "italic", k: "link" };
const BLOCK = /^\s*(?:>\s?)*(?:(?:[-*+]|\d+[.)]|#{1,6})\s+)?/;
const ITEM = /^(\s*)([-*]|\d+\.|>)\s/;

/** Puts `text` in place of start..end of `field`, as if it were typed; selects `from`..`to` inside it when given. */
export function insert(field, start, end, text, from = text.length, to = from) {
  field.focus();
  field.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done && (text || start !== end)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start + from, start + to);
}

// Where the words of each paragraph and list item begin and end within start..end: a mark beside a space, or one that
// reaches over a blank line, is shown as it is typed.
function pieces(value, start, end) {
  const found = [];
  let at = value.lastIndexOf("\n", start - 1) + 1, isOpen = false;
  for (const line of value.slice(at, end).split("\n")) {
    const sign = BLOCK.exec(line)[0];
    const words = value.slice(Math.max(start, at + sign.length), at + line.length);
    const from = at + line.length - words.trimStart().length;
    const to = from + words.trim().length;
    if (to > from && isOpen && !sign.trim()) found.at(-1)[1] = to;
    else if (to > from) found.push([from, to]);
    isOpen = to > from && !/#/.test(sign);
    at += line.length + 1;
  }
  return found;
}

// The piece with its marks and without: they may stand around it, or be chosen with it. Null without any.
function unwrapped(value, mark, [from, to]) {
  const sign = mark[0], size = mark.length;
  const run = (at, step) => { let count = 0; while (value[at + count * step] === sign) count += 1; return count; };
  // Of ***both*** the one star is italic and the two are bold.
  const isMarked = (before, after) => (mark === "*" ? before % 2 && after % 2 : before >= size && after >= size);
  if (isMarked(run(from - 1, -1), run(to, 1))) return { from: from - size, to: to + size, text: value.slice(from, to) };
  const before = run(from, 1), after = run(to - 1, -1);
  const isAlone = to - after > from + before && !value.slice(from + before, to - after).includes(sign);
  return isAlone && isMarked(before, after) ? { from, to, text: value.slice(from + size, to - size) } : null;
}

function wrapped(value, mark, [from, to]) {
  const words = value.slice(from, to);
  if (mark !== "`" || !words.includes(mark)) return { from, to, text: mark + words + mark };
  const fence = mark.repeat(Math.max(...words.match(/`+/g).map((ticks) => ticks.length)) + 1);
  return { from, to, text: `${fence} ${words} ${fence}` };
}

function wrap(field, name) {
  const [mark, sample] = WRAPS[name];
  const { selectionStart: start, selectionEnd: end, value } = field;
  const found = pieces(value, start, end);
  if (!found.length) {
    const around = unwrapped(value, mark, [end, end]);
    if (around) return insert(field, around.from, around.to, "");
    return insert(field, end, end, mark + sample + mark, mark.length, mark.length + sample.length);
  }
  const bare = found.map((piece) => unwrapped(value, mark, piece));
  const isOff = bare.every(Boolean);
  const changes = isOff ? bare : found.map((piece, at) => bare[at] ? { from: piece[0], to: piece[1], text: value.slice(...piece) } : wrapped(value, mark, piece));
  const first = changes[0].from;
  const text = changes.map((change, at) => (at ? value.slice(changes[at - 1].to, change.from) : "") + change.text).join("");
  const inside = isOff || changes.length > 1 ? 0 : (text.length - (found[0][1] - found[0][0])) / 2;
  insert(field, first, changes.at(-1).to, text, inside, text.length - inside);
}

function prefix(field, name) {
  const { selectionStart, selectionEnd, value } = field;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const stop = value.indexOf("\n", selectionEnd);
  const end = stop < 0 ? value.length : stop;
  const lines = value.slice(start, end).split("\n");
  const mark = PREFIXES[name];
  const bare = (line) => line.replace(/^(#{1,6} |[-*] |\d+\. |> )/, "");
  const numbered = (line, index) => (name === "ol" ? `${index + 1}. ` : mark) + bare(line);
  const marked = lines.every((line) => (name === "ol" ? /^\d+\. /.test(line) : line.startsWith(mark)));
  const text = lines.map(marked ? bare : numbered).join("\n");
  insert(field, start, end, text, lines.length > 1 ? 0 : text.length, text.length);
}

function link(field) {
  const { selectionStart, selectionEnd, value } = field;
  const [start, end] = pieces(value, selectionStart, selectionEnd)[0] ?? [selectionEnd, selectionEnd];
  const chosen = value.slice(start, end);
  if (/^https?:\/\/\S+$/.test(chosen)) return insert(field, start, end, `[words](${chosen})`, 1, 6);
  const words = chosen || "words";
  const text = `[${words}](https://)`;
  insert(field, start, end, text, words.length + 3, text.length - 1);
}

function act(field, name) {
  if (WRAPS[name]) wrap(field, name);
  else if (PREFIXES[name]) prefix(field, name);
  else if (name === "link") link(field);
  else if (name === "undo") { field.focus(); document.execCommand("undo"); }
  else if (name === "picture") field.dispatchEvent(new CustomEvent("editor:picture", { bubbles: true }));
}

// Enter inside a list starts its next line; on an empty item it ends the list.
function nextItem(field, event) {
  const { selectionStart: at, selectionEnd, value } = field;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const line = value.slice(start, at);
  const found = at === selectionEnd && ITEM.exec(line);
  if (!found) return;
  event.preventDefault();
  if (line === found[0]) return insert(field, start, at, "");
  const number = parseInt(found[2], 10);
  insert(field, at, at, `\n${found[1]}${number ? `${number + 1}.` : found[2]} `);
}

// One stop for Tab, arrows inside: the toolbar pattern of ARIA.
function rove(tools) {
  const buttons = [...tools.querySelectorAll("button")].filter((button) => !button.hidden);
  buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0));
  tools.addEventListener("keydown", (event) => {
    const now = buttons.indexOf(document.activeElement);
    const step = getComputedStyle(tools).direction === "rtl" ? -1 : 1;
    const next = { ArrowRight: now + step, ArrowLeft: now - step, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined || now < 0) return;
    event.preventDefault();
    const button = buttons[(next + buttons.length) % buttons.length];
    buttons.forEach((one) => (one.tabIndex = one === button ? 0 : -1));
    button.focus();
  });
}

function start(field) {
  const tools = field.closest(".editor")?.querySelector("[data-tools]");
  if (field.dataset.editor === "ready") return;
  field.dataset.editor = "ready";
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const name = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
    if (name) { event.preventDefault(); act(field, name); }
    else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) nextItem(field, event);
  });
  if (!tools) return;
  tools.querySelectorAll("[data-md=picture]").forEach((button) => (button.hidden = !field.dataset.uploadUrl));
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-md]");
    if (button) act(field, button.dataset.md);
  });
  rove(tools);
}

const find = (root) => root.querySelectorAll("textarea[data-editor]").forEach(start);
find(document);
addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll && find(event.detail.elt));
