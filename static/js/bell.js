// The bell: asks now and then how much is unread, while the page is seen, and loads its list whenever it is opened.

const EVERY = 60000;
let asked = Date.now();
let last = "";

function look() {
  const bell = document.querySelector("[data-bell]");
  if (!bell || document.visibilityState !== "visible" || Date.now() - asked < EVERY) return;
  asked = Date.now();
  bell.dispatchEvent(new CustomEvent("bell:look"));
}

if (document.querySelector("[data-bell]")) {
  setInterval(look, EVERY / 4);
  document.addEventListener("visibilitychange", look);

  // What has not changed is not put in again, and a failure is nobody's concern: the next look will tell.
  addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.requestConfig?.elt.matches("[data-bell], [data-quiet]")) return;
    if (detail.isError || detail.xhr.responseText === last) detail.shouldSwap = false;
    else last = detail.xhr.responseText;
  });

  const menu = document.querySelector("[data-bell-menu]");
  menu?.addEventListener("toggle", () => menu.open && menu.querySelector("#bell-list").dispatchEvent(new CustomEvent("bell:open")));
}
