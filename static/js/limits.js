// How many characters are left in <textarea data-limit="150">, and of a line's last ones in <input data-limit="30">.
// Nothing that is typed or pasted is cut: what is too long can be shortened here, or the server says so and keeps it all.

import { say } from "./announce.js";

const NEAR = 10;

function start(field, number) {
  const limit = Number(field.dataset.limit);
  const note = Object.assign(document.createElement("p"), { className: "hint", id: `limit-${field.id || number}`, hidden: true });
  let before = limit;

  function count() {
    const left = limit - [...field.value.trim()].length; // as the server counts: an emoji is one
    const many = Math.abs(left);
    note.hidden = !field.value || (field.matches("input") && left > limit / 5);
    note.textContent = `${many} character${many === 1 ? "" : "s"} ${left < 0 ? "too many" : "left"}`;
    note.classList.toggle("over", left < 0);
    if (left < 0) field.setAttribute("aria-invalid", "true");
    else if (before < 0) field.removeAttribute("aria-invalid");
    if ((left < 0) !== (before < 0) || (left <= NEAR && before > NEAR)) say(note.textContent);
    before = left;
  }
  delete field.dataset.limit;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${note.id}`.trim());
  (field.closest(".editor, .combo, .field-row") ?? field).after(note);
  field.addEventListener("input", count);
  field.addEventListener("change", count);
  count();
}

const find = () => document.querySelectorAll("[data-limit]").forEach(start);
find();
addEventListener("htmx:load", find);
