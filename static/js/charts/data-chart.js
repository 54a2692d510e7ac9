// <data-chart for="id">: draws what the JSON block with that id holds, again when its width changes.
// The same numbers stand in the table below; here is only the picture.
import { draw } from "./drawing.js";
import { onScreen } from "./palettes.js";

const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

class DataChart extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById(this.getAttribute("for")).textContent);
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(this);
    this.redraw();
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  redraw() {
    const width = Math.floor(this.clientWidth);
    if (!width || width === this.width) return;
    this.width = width;
    const svg = draw(this.data, width, onScreen);
    describe(svg, this.data);
    this.replaceChildren(svg);
  }
}

/** For who listens: one picture with a name and what stands out in it. */
function describe(svg, data) {
  for (const [name, text] of [["desc", data.finding], ["title", data.title]]) {
    const words = document.createElementNS(svg.namespaceURI, name);
    words.id = `hinh-ve-${name}`;
    words.textContent = text;
    svg.prepend(words);
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", "hinh-ve-title");
  svg.setAttribute("aria-describedby", "hinh-ve-desc");
  if (data.language === "vi") return;
  for (const words of svg.querySelectorAll("text, title, desc")) {
    if (VIETNAMESE.test(words.textContent)) words.setAttribute("lang", "vi");
  }
}

customElements.define("data-chart", DataChart);
