// data-time-zone: the browser names its clock, so that nobody has to.

for (const place of document.querySelectorAll("[data-time-zone]")) {
  const field = place.querySelector("input, select");
  if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
