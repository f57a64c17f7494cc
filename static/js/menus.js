// Closes a <details class="menu"> on Escape, on a tap outside, and when focus leaves it; opens it upwards where only there
// is room. On phones it is a sheet at the foot of the window (buttons.css), with and without script.

const GAP = 16;
const open = () => document.querySelectorAll("details.menu[open]");

addEventListener("click", (event) => open().forEach((menu) => menu.contains(event.target) || (menu.open = false)));

addEventListener("focusin", (event) => open().forEach((menu) => menu.contains(event.target) || (menu.open = false)));

addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && open()[0];
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

addEventListener("toggle", ({ target: menu }) => {
  const pop = menu.matches?.("details.menu") && menu.querySelector(".pop");
  if (!pop) return;
  menu.classList.remove("up");
  pop.style.maxHeight = "";
  const { top, bottom } = menu.getBoundingClientRect();
  const { height, bottom: foot } = pop.getBoundingClientRect();
  if (!menu.open || foot <= innerHeight) return;
  const below = innerHeight - bottom, isUp = top > below;
  menu.classList.toggle("up", isUp);
  if (height > Math.max(top, below) - GAP) pop.style.maxHeight = `${Math.max(top, below) - GAP}px`;
}, true);
