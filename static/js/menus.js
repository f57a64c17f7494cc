// Closes a <details class="menu"> on Escape, on a tap outside, and when focus leaves it.

const open = () => document.querySelectorAll("details.menu[open]");

addEventListener("click", (event) => open().forEach((menu) => menu.contains(event.target) || (menu.open = false)));

addEventListener("focusin", (event) => open().forEach((menu) => menu.contains(event.target) || (menu.open = false)));

addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && open()[0];
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
