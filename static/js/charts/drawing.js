// draw(data, width, palette): an SVG of that width in CSS pixels.
import { bars } from "./bars.js";
import { area, line } from "./times.js";
import { histogram, scatter } from "./numbers.js";
import { FONT_SIZE, measureIn } from "./text.js";

const KINDS = {
  cot: bars,
  duong: line,
  vung: area,
  "phan-bo": histogram,
  "phan-tan": scatter,
};

export function draw(data, width, palette) {
  measureIn(palette.family);
  const svg = KINDS[data.kind](data, width, palette);
  // Its rules stand in our stylesheet: the page's policy allows no style element. Its English names are not read out.
  svg.querySelector("style")?.remove();
  for (const named of svg.querySelectorAll("[aria-label]")) named.removeAttribute("aria-label");
  svg.setAttribute("font-family", palette.family);
  svg.setAttribute("font-size", FONT_SIZE);
  svg.setAttribute("color", palette.ink);
  return svg;
}
