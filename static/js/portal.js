// What the browser adds to pages that work without it.
import "./parts/copy-button.js";
import "./parts/submit-once.js";
import "./parts/closing-details.js";
import "./parts/fitting-conditions.js";
import "./parts/kept-drafts.js";
