// What every page uses. Each module looks for its own data- attributes and is silent without them.

import "./offline.js";
import "./menus.js";
import "./bell.js";
import "./toast.js";
import "./htmx-setup.js";
import "./copy.js";
import "./keys.js";
