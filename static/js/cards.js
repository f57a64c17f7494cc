// A card beside a member's name: for a mouse that rests on it, and for the keyboard. A finger opens the page, as before.

const WAIT = 350;
const NAME = "a.who[href^='/user/'], .by-name a[href^='/user/'], .people a[href^='/user/']";
const kept = new Map();
let card = null;
let timer, at = null;

async function text(path) {
  if (!kept.has(path)) {
    const answer = await fetch(`${path}card/`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok) return "";
    kept.set(path, await answer.text());
  }
  return kept.get(path);
}

async function show(link) {
  const html = await text(link.getAttribute("href"));
  if (!html || at !== link) return;
  if (!card) {
    card = Object.assign(document.createElement("div"), { className: "name-card", id: "name-card" });
    card.setAttribute("role", "tooltip");
    card.addEventListener("pointerleave", hide);
    document.body.append(card);
  }
  card.innerHTML = html; // our own server's, escaped there
  const box = link.getBoundingClientRect();
  card.style.setProperty("--top", `${scrollY + box.bottom + 6}px`);
  card.style.setProperty("--start", `${Math.max(8, Math.min(box.left, innerWidth - 330))}px`);
  card.hidden = false;
  link.setAttribute("aria-describedby", "name-card");
}

function hide() {
  clearTimeout(timer);
  at?.removeAttribute("aria-describedby");
  at = null;
  if (card) card.hidden = true;
}

function want(link, wait) {
  if (link === at) return;
  hide();
  at = link;
  timer = setTimeout(show, wait, link);
}

function point(event) {
  if (event.pointerType !== "mouse") return;
  const link = event.target.closest?.(NAME);
  if (link) want(link, WAIT);
  else if (at && !event.target.closest?.("#name-card")) hide();
}
function focus(event) {
  if (event.target.matches(NAME) && event.target.matches(":focus-visible")) want(event.target, WAIT);
  else if (at) hide();
}
addEventListener("pointerover", point);
addEventListener("focusin", focus);

// What happened while this script was on its way.
export const meet = (event) => (event.type === "focusin" ? focus(event) : point(event));
addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("scroll", hide, { passive: true });
