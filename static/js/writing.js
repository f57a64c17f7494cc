// What pages with a form for posts use, beside site.js.

import "./editor.js";
import "./preview.js";
import "./drafts.js";
import "./upload.js";
import "./tags.js";
import "./notes.js";
import "./work.js";
