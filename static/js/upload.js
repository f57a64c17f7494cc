// Pictures for <textarea data-editor data-upload-url>: by the toolbar, by drag, by paste. Each asks for a description first.
// The server gets `picture`, `alt` and the CSRF token, and answers {"url": "/media/…"} or {"error": "a sentence"}.

import { say, show } from "./announce.js";
import { insert } from "./editor.js";

const FAILED = "That picture did not go through. Your text is safe.";
const TOO_LARGE = "That picture is too large. It may be at most 12 MB.";
const isPicture = (file) => file.type.startsWith("image/");

function ask(field, file) {
  const model = document.querySelector("template[data-picture-dialog]");
  if (!model) return;
  const dialog = model.content.firstElementChild.cloneNode(true);
  const part = (name) => dialog.querySelector(`[data-part=${name}]`);
  document.body.append(dialog);
  dialog.addEventListener("close", () => { dialog.remove(); field.focus(); });
  part("cancel").addEventListener("click", () => dialog.close());
  part("choose").hidden = Boolean(file);
  part("name").textContent = file ? file.name : "";
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const picture = file || part("file").files[0];
    if (!picture) return part("file").focus();
    send(field, picture, part("alt").value.trim(), dialog, part);
  });
  dialog.showModal();
  (file ? part("alt") : part("file")).focus();
}

function send(field, picture, alt, dialog, part) {
  const body = new FormData();
  body.set("picture", picture);
  body.set("alt", alt);
  body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
  const request = new XMLHttpRequest();
  const fail = (text) => { part("progress").hidden = true; part("error").hidden = false; part("error-text").textContent = text; part("send").disabled = false; };
  request.open("POST", field.dataset.uploadUrl);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => event.lengthComputable && (part("progress").value = event.loaded / event.total));
  request.addEventListener("error", () => fail(FAILED));
  request.addEventListener("load", () => {
    const url = request.response?.url;
    if (request.status >= 300 || !url) return fail(request.response?.error || (request.status === 413 ? TOO_LARGE : FAILED));
    dialog.close();
    const stop = field.value.indexOf("\n", field.selectionEnd);
    const at = stop < 0 ? field.value.length : stop;
    const gap = at && field.value[at - 1] !== "\n" ? "\n\n" : "";
    insert(field, at, at, `${gap}![${alt.replace(/[[\]\\]/g, "\\$&").replace(/\s+/g, " ")}](${url})\n`);
    say("Picture added");
  });
  part("error").hidden = true;
  part("progress").hidden = false;
  part("send").disabled = true;
  say("Sending the picture");
  request.send(body);
}

const editorOf = (event) => event.target.closest?.("textarea[data-editor][data-upload-url]");

addEventListener("editor:picture", (event) => editorOf(event) && ask(event.target));
addEventListener("paste", (event) => take(event, event.clipboardData));
addEventListener("drop", (event) => { mark(event, false); if (!dropWords(event)) take(event, event.dataTransfer); });
addEventListener("dragover", (event) => editorOf(event) && carriesFiles(event) && (event.preventDefault(), mark(event, true)));
addEventListener("dragleave", (event) => mark(event, false));

const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
const mark = (event, on) => editorOf(event)?.closest(".editor")?.classList.toggle("dragging", on);

// The words that come with a picture, as from Word or a table: they are what was meant. The name of the picture's own file
// and the address it came from are no words.
function wordsOf(carried) {
  const words = carried?.getData("text/plain").trim();
  if (!words || words === carried.getData("text/uri-list").trim()) return "";
  return [...carried.files].some((file) => words.endsWith(file.name)) ? "" : carried.getData("text/plain");
}

// A browser that is left alone may open the file that was dropped with the words.
function dropWords(event) {
  const field = editorOf(event);
  const words = field && event.dataTransfer?.files.length && wordsOf(event.dataTransfer);
  if (!words) return false;
  event.preventDefault();
  const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const at = spot?.offsetNode === field ? spot.offset : field.selectionEnd;
  insert(field, at, at, words);
  return true;
}

function take(event, carried) {
  const field = editorOf(event);
  const files = [...(carried?.files || [])];
  if (!field || !files.length || wordsOf(carried)) return;
  event.preventDefault();
  const picture = files.find(isPicture);
  if (picture) ask(field, picture);
  else show("Only pictures can be added here.", "info");
}
