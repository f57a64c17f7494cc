// What pages with a form for posts use, beside site.js.

import "./editor.js";
import "./preview.js";
import "./drafts.js";
import "./upload.js";
import "./tags.js";
import "./notes.js";
import "./work.js";

// Quoting is for who selects something.
document.addEventListener("selectionchange", () => import("./quote.js"), { once: true });

// Names are completed from the first @ on: most texts hold none, and the page stays light.
// Ctrl+Enter, or Cmd+Enter on a Mac, posts what is typed: by the button that the form shows first.
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
  const button = event.target.closest("textarea, input")?.form?.querySelector(".btn-primary:not([formaction])");
  if (!button || !event.target.matches("textarea[name=body], form[data-draft-url] input")) return;
  event.preventDefault();
  button.click();
});

addEventListener("input", (event) => { if (event.data?.endsWith("@")) import("./mentions.js"); });
