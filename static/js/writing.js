// What pages with a form for posts use, beside site.js.

import "./editor.js";
import "./preview.js";
import "./drafts.js";
import "./upload.js";
import "./tags.js";
import "./notes.js";
import "./work.js";

// Names are completed from the first @ on: most texts hold none, and the page stays light.
addEventListener("input", (event) => { if (event.data?.endsWith("@")) import("./mentions.js"); });
