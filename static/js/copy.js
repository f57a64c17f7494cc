// Share and copy buttons: <button data-copy="/12/slug/#a34" data-share-title="…" hidden>. Without script they stay hidden.

import { say } from "./announce.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const url = new URL(button.dataset.copy, location.href).href;
  const touch = matchMedia("(pointer: coarse)").matches;
  if (touch && navigator.share && button.dataset.shareTitle) {
    return navigator.share({ title: button.dataset.shareTitle, url }).catch(() => {});
  }
  try {
    await navigator.clipboard.writeText(url);
  } catch {
    // Clipboards are closed on plain http; the reader can still copy by hand.
    prompt("Copy this link", url);
    return;
  }
  tell(button, button.dataset.copied || "Link copied");
});

function tell(button, text) {
  const label = button.querySelector("[data-label]") || button;
  const before = label.dataset.before ?? (label.dataset.before = label.textContent);
  label.textContent = text;
  say(text);
  setTimeout(() => (label.textContent = before), 3000);
}

const reveal = (root) => root.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = false));
reveal(document);
addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll && reveal(event.detail.elt));
