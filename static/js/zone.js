// The time zone of the device, offered where another is chosen: <p data-zone="id of the select" hidden>. Nothing is sent.

for (const hint of document.querySelectorAll("[data-zone]")) {
  const select = document.getElementById(hint.dataset.zone);
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...(select?.options ?? [])].find((one) => one.value === name);
  const chosen = select.selectedOptions[0];
  const isOwn = chosen?.value === name || chosen?.textContent.includes(`(${name})`); // "The site’s own (UTC)"
  if (!option || isOwn) continue;
  hint.querySelector("[data-zone-name]").textContent = name;
  hint.hidden = false;
  hint.querySelector("button").addEventListener("click", () => {
    select.value = name;
    hint.hidden = true;
    select.focus();
  });
}
