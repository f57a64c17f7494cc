// Links that are shared or copied: <a href="/12/slug/#a34" data-copy><span data-label>Share</span></a>. Without script
// they lead to the address itself, which can be copied from there.

import { say } from "./announce.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (matchMedia("(pointer: coarse)").matches && navigator.share) {
    return navigator.share({ title: document.title, url: link.href }).catch(() => {});
  }
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    // Clipboards are closed on plain http; the reader can still copy by hand.
    prompt("Copy this link", link.href);
    return;
  }
  tell(link, "Link copied");
});

function tell(link, text) {
  const label = link.querySelector("[data-label]") || link;
  const before = label.dataset.before ?? (label.dataset.before = label.textContent);
  label.textContent = text;
  say(text);
  setTimeout(() => (label.textContent = before), 3000);
}
