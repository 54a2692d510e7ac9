// Numbers and words of a picture: how they are written and how wide they are.

export const FONT_SIZE = 13;
let family = "sans-serif";
const ruler = document.createElement("canvas").getContext("2d");

/** The letters that are measured from now on. */
export function measureIn(name) {
  family = name;
}

export function widthOf(text, { size = FONT_SIZE, weight = 400 } = {}) {
  ruler.font = `${weight} ${size}px ${family}`;
  return ruler.measureText(text).width;
}

export const widest = (texts) => Math.max(0, ...texts.map((text) => widthOf(text)));

/** The text, cut with an ellipsis where it is wider than `room` pixels. */
export function fitted(text, room) {
  if (widthOf(text) <= room) return text;
  let kept = text;
  while (kept.length > 1 && widthOf(`${kept}…`) > room) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

/** The text in lines of at most `room` pixels, broken between words. */
export function lines(text, room, how) {
  const found = [];
  for (const word of text.split(" ")) {
    const longer = found.length ? `${found[found.length - 1]} ${word}` : word;
    if (found.length && widthOf(longer, how) <= room) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

/** A rim in the colour of the ground, so that words can be read where a line runs behind them. */
export const halo = (palette) => ({
  fill: "currentColor", // Plot leaves words hollow that have a stroke and no fill of their own
  stroke: palette.paper,
  strokeWidth: 4,
  strokeLinejoin: "round",
  paintOrder: "stroke",
});

/** Figures of an axis: 2.000; 2 triệu; of years, which are `plain`, 2026. */
export function axisFigures(language, largest, plain = false) {
  const compact = Math.abs(largest) >= 1e6 ? { notation: "compact", compactDisplay: "long" } : {};
  const format = new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en", {
    maximumFractionDigits: 4,
    ...(plain ? { useGrouping: false } : compact),
  });
  return (value) => format.format(value);
}
