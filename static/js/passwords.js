// The button beside a password that shows what is typed; hidden again before the form goes, as browsers keep passwords by it.

document.querySelectorAll("[data-show-password]").forEach((button) => {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const show = (isShown) => {
    field.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
  };
  button.hidden = false;
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
  addEventListener("pageshow", () => show(false));
});
