// <chart-download hidden>: its buttons give the picture as a file, with title and source in it.
import { draw } from "./drawing.js";
import { onPaper } from "./palettes.js";
import { FONT_SIZE, lines } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 960;
const EDGE = 24;
const SLACK = 0.95; // another machine's letters may be a little wider
const TITLE_SIZE = 18;
const SHARPNESS = 2; // pixels of the PNG for each of the picture

class ChartDownload extends HTMLElement {
  connectedCallback() {
    const chart = document.querySelector("data-chart");
    if (!chart) return;
    this.hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.give(button.value, chart.data);
    });
  }

  async give(format, data) {
    const picture = framed(data);
    const file = format === "png" ? await asPng(picture) : asSvg(picture);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${data.name}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}

/** The chart on white with its title above, what stands out and its source below. */
function framed(data) {
  const palette = onPaper();
  const room = WIDTH - 2 * EDGE;
  const chart = draw(data, room, palette);
  const sheet = document.createElementNS(SVG, "svg");
  sheet.setAttribute("xmlns", SVG);
  sheet.setAttribute("font-family", palette.family);
  let y = EDGE;
  const write = (text, size, weight, fill) => {
    for (const line of lines(text, room * SLACK, { size, weight })) {
      y += size * 1.5;
      sheet.append(element("text", { x: EDGE, y: y - size * 0.4, "font-size": size, "font-weight": weight, fill }, line));
    }
  };
  write(data.title, TITLE_SIZE, 700, palette.ink);
  y += EDGE / 2;
  chart.setAttribute("x", EDGE);
  chart.setAttribute("y", y);
  sheet.append(chart);
  y += Number(chart.getAttribute("height")) + EDGE / 2;
  write(data.finding, FONT_SIZE + 1, 400, palette.ink);
  write(data.source, FONT_SIZE, 400, palette.muted);
  for (const note of data.notes) if (note) write(note, FONT_SIZE, 400, palette.muted);
  const size = { width: WIDTH, height: Math.ceil(y + EDGE) };
  for (const [name, value] of Object.entries(size)) sheet.setAttribute(name, value);
  sheet.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  sheet.prepend(element("title", {}, data.title), element("rect", { ...size, fill: palette.paper }));
  return sheet;
}

function element(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

const source = (picture) => new XMLSerializer().serializeToString(picture);

const asSvg = (picture) => new Blob([source(picture)], { type: "image/svg+xml" });

async function asPng(picture) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source(picture))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Number(picture.getAttribute("width")) * SHARPNESS;
  canvas.height = Number(picture.getAttribute("height")) * SHARPNESS;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

customElements.define("chart-download", ChartDownload);
