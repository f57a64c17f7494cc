// "?": the list of shortcuts over the page. It is taken from its own page, to which the link leads without a script.

let dialog = null;

async function fetched(link) {
  const answer = await fetch(link.href).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  return page && page.getElementById("shortcuts");
}

export async function open(link) {
  if (!dialog) {
    const list = await fetched(link);
    if (!list) return link.click();
    const close = Object.assign(document.createElement("button"), { className: "btn", textContent: "Close", type: "button" });
    dialog = Object.assign(document.createElement("dialog"), { className: "sheet" });
    dialog.setAttribute("aria-label", "Keyboard shortcuts");
    list.className = "prose";
    dialog.append(list, close);
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
  if (!dialog.open) dialog.showModal();
}
