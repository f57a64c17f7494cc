// Completion for <input data-tags-url="/tags/complete/">: an ARIA combobox over an ordinary list with commas.
// The server answers {"tags": [{"name": "boundaries", "count": 12, "also": ""}, …]} to ?q= and the topic.
// `also` is the other name by which it was found.

const WAIT = 200;

document.querySelectorAll("input[data-tags-url]").forEach((input, number) => {
  const box = document.createElement("div");
  const list = document.createElement("ul");
  let timer, active = -1, asked = "";

  box.className = "combo";
  list.className = "combo-list";
  list.id = `tags-list-${number}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Matching tags");
  input.before(box);
  box.append(input, list);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  const parts = () => input.value.split(",");
  const typed = () => parts().at(-1).trim();
  const options = () => [...list.children];

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }
  function choose(index) {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[index].id);
    options()[index].scrollIntoView({ block: "nearest" });
  }
  function take(name) {
    const kept = parts().slice(0, -1).map((part) => part.trim()).filter(Boolean);
    input.value = [...kept, name].join(", ") + ", ";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    show(false);
  }
  async function suggest() {
    asked = typed();
    if (!asked) return show(false);
    const answer = await fetch(`${input.dataset.tagsUrl}?${new URLSearchParams({ q: asked, category: input.form?.elements.category?.value ?? "" })}`).catch(() => null);
    if (!answer?.ok || typed() !== asked) return;
    const chosen = new Set(parts().slice(0, -1).map((part) => part.trim().toLowerCase()));
    const { tags } = await answer.json();
    list.replaceChildren(...tags.filter((tag) => !chosen.has(tag.name)).slice(0, 8).map(option));
    show(list.children.length > 0 && document.activeElement === input);
  }
  function option(tag, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.name = tag.name;
    const count = tag.count === 1 ? "1 question" : `${tag.count} questions`;
    const also = tag.also ? `(also: ${tag.also}) ` : "";
    item.append(tag.name, Object.assign(document.createElement("span"), { className: "xs muted", textContent: also + count }));
    return item;
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, WAIT); });
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const item = event.target.closest("[data-name]"); if (item) take(item.dataset.name); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const size = options().length;
    if (event.key === "ArrowDown") choose((active + 1) % size);
    else if (event.key === "ArrowUp") choose((active - 1 + size) % size);
    else if (event.key === "Escape") show(false);
    else if (["Enter", "Tab"].includes(event.key) && active >= 0) take(options()[active].dataset.name);
    else return;
    event.preventDefault();
  });
});
