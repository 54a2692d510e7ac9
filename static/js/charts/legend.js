// What tells series apart besides their colours, and their names above a picture that has no room beside it.
import { dot, text } from "@observablehq/plot";
import { fitted, widthOf } from "./text.js";

export const DASHES = ["", "7 4", "2 4", "10 4 2 4", "4 2", "1 3"];
export const SYMBOLS = ["circle", "square", "triangle", "diamond", "cross", "star"];
const LEGEND_LINE = 22;

/** Signs and names of the series, in as many lines as they need, `gap` pixels above the frame. */
export function legendOf(series, width, gap) {
  if (series.length < 2) return { height: 0, marks: () => [] };
  let across = 0, down = 0;
  const places = series.map((name) => {
    const shown = fitted(name, width - 40);
    const room = widthOf(shown) + 40;
    if (across && across + room > width - 40) [across, down] = [0, down + 1];
    const place = { name: shown, across, down };
    across += room;
    return place;
  });
  const height = (down + 1) * LEGEND_LINE;
  const dy = (place) => place.down * LEGEND_LINE - height - gap + 12;
  return {
    height,
    marks: (palette) => places.flatMap((place, at) => [
      dot([0], { frameAnchor: "top-left", dx: place.across + 6, dy: dy(place), r: 5, symbol: SYMBOLS[at], fill: palette.series[at] }),
      text([place.name], { frameAnchor: "top-left", dx: place.across + 17, dy: dy(place), textAnchor: "start", lineAnchor: "middle" }),
    ]),
  };
}
