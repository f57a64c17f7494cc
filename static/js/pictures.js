// Pictures in posts open large, with their description below: closed by Esc, Back, a tap or the button.

const SMALLEST = 60; // what is smaller on the page is a sign, not a picture

let dialog = null;

function build() {
  const picture = document.createElement("img");
  const caption = document.createElement("figcaption");
  const figure = document.createElement("figure");
  const close = Object.assign(document.createElement("button"), { className: "btn", textContent: "Close", type: "button" });
  figure.append(picture, caption);
  dialog = Object.assign(document.createElement("dialog"), { className: "large-picture" });
  dialog.setAttribute("aria-label", "Picture");
  dialog.append(figure, close);
  document.body.append(dialog);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => history.state?.picture && history.back());
}

function show(image) {
  if (!dialog) build();
  dialog.querySelector("img").src = image.src;
  dialog.querySelector("img").alt = image.alt;
  dialog.querySelector("figcaption").textContent = image.alt;
  history.pushState({ ...history.state, picture: true }, "");
  dialog.showModal();
}

addEventListener("popstate", () => dialog?.open && dialog.close());

// A picture is a button once it can be one; inside a link it leads where the link does.
function prepare(image) {
  if (image.closest("a, button") || image.naturalWidth < SMALLEST) return;
  const button = Object.assign(document.createElement("button"), { className: "zoom", type: "button" });
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", () => show(image));
  image.replaceWith(button);
  button.append(image);
}

const find = (root) => root.querySelectorAll(".prose img, .cmt-text img").forEach((image) => {
  if (image.complete) prepare(image);
  else image.addEventListener("load", () => prepare(image), { once: true });
});
find(document);
addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll && find(event.detail.elt));
