// What every page uses. Each module looks for its own data- attributes and is silent without them.

import "./offline.js";
import "./menus.js";
import "./bell.js";
import "./toast.js";
import "./htmx-setup.js";
import "./copy.js";
import "./keys.js";

// Few pages need these; htmx brings a form later.
const find = () => {
  if (document.querySelector("[data-busy]")) import("./busy.js");
  if (document.querySelector("[data-limit]")) import("./limits.js");
  if (document.querySelector("[data-show-password]")) import("./passwords.js");
  if (document.querySelector(".prose img, .cmt-text img")) import("./pictures.js");
};
find();
// A search is completed once somebody begins to type one.
const complete = async (field) => field?.matches("[data-suggest]") && (await import("./suggest.js")).suggest(field);
addEventListener("focusin", (event) => complete(event.target));
complete(document.activeElement);
// So are names once somebody points at one.
const NAME = "a[href^='/user/']";
for (const kind of ["pointerover", "focusin"]) {
  addEventListener(kind, (event) => event.target.closest?.(NAME) && import("./cards.js").then(({ meet }) => meet(event)));
}
addEventListener("htmx:load", find);
