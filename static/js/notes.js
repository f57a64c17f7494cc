// "None needed" and a content note exclude each other; without script the server reads a note beside it as meant.

document.addEventListener("change", ({ target }) => {
  if (target.name !== "notes" || !target.checked) return;
  const isNone = target.value === "none";
  target.form.querySelectorAll("input[name=notes]").forEach((one) => {
    if (one !== target && (isNone || one.value === "none")) one.checked = false;
  });
});
