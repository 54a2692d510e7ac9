// How the values of one column are spread, and how those of two go together.
import { axisX, axisY, dot, gridX, gridY, plot, rectY, ruleY, text } from "@observablehq/plot";
import { axisFigures, fitted, widest, widthOf } from "./text.js";
import { HEIGHT, SYMBOLS } from "./times.js";

const LEGEND_LINE = 22;

export function histogram(data, width, palette) {
  const bins = data.bins.map(([start, end, count]) => ({ start, end, count }));
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const counts = axisFigures(data.language, most);
  const values = axisFigures(data.language, Math.max(...bins.map((bin) => Math.abs(bin.end))));
  const left = Math.ceil(widest([counts(most)])) + 14;
  const roomy = (width - left) / bins.length > widest(bins.map((bin) => counts(bin.count))) + 4;
  return plot({
    width,
    height: HEIGHT,
    marginTop: 22,
    marginBottom: 44,
    marginLeft: left,
    marginRight: 24,
    y: { domain: [0, most], nice: true },
    marks: [
      gridY({ stroke: palette.line, strokeOpacity: 1, ticks: 5 }),
      axisY({ ticks: 5, tickSize: 0, tickFormat: wholeOnly(counts), label: null }),
      axisX({ ticks: Math.max(2, Math.floor(width / 110)), tickSize: 4, tickFormat: values, label: data.labels[0], labelArrow: "none", labelAnchor: "center" }),
      rectY(bins, {
        x1: "start", x2: "end", y: "count", fill: palette.series[0], insetLeft: 1, insetRight: 1,
        title: (bin) => `${values(bin.start)} – ${values(bin.end)}: ${counts(bin.count)}`,
      }),
      ...(roomy
        ? [text(bins, {
            x: (bin) => (bin.start + bin.end) / 2, y: "count", text: (bin) => counts(bin.count), dy: -9, fontWeight: 600,
          })]
        : []),
      ruleY([0], { stroke: palette.muted }),
    ],
  });
}

/** Half a row is no count. */
const wholeOnly = (figures) => (value) => (Number.isInteger(value) ? figures(value) : "");

export function scatter(data, width, palette) {
  const points = data.points.map(([x, y, series]) => ({ x, y, series }));
  const along = axisFigures(data.language, Math.max(...points.map((point) => Math.abs(point.x))));
  const up = axisFigures(data.language, Math.max(...points.map((point) => Math.abs(point.y))));
  const ticks = [Math.min(...points.map((point) => point.y)), Math.max(...points.map((point) => point.y))].map(up);
  const legend = legendOf(data.series, width);
  return plot({
    width,
    height: HEIGHT + legend.height,
    marginTop: 26 + legend.height,
    marginBottom: 44,
    marginLeft: Math.ceil(widest(ticks)) + 24,
    marginRight: 24,
    x: { nice: true },
    y: { nice: true },
    marks: [
      gridX({ stroke: palette.line, strokeOpacity: 1, ticks: Math.max(2, Math.floor(width / 110)) }),
      gridY({ stroke: palette.line, strokeOpacity: 1, ticks: 6 }),
      axisX({ ticks: Math.max(2, Math.floor(width / 110)), tickSize: 0, tickFormat: along, label: data.labels[0], labelArrow: "none", labelAnchor: "center" }),
      axisY({ ticks: 6, tickSize: 0, tickFormat: up, label: data.labels[1], labelArrow: "none" }),
      ...data.series.map((name, place) =>
        dot(points.filter((point) => point.series === place), {
          x: "x", y: "y", r: 3.5, symbol: SYMBOLS[place], fill: palette.series[place], fillOpacity: 0.55,
        }),
      ),
      ...legend.marks(palette),
    ],
  });
}

/** Signs and names of the series above the points, in as many lines as they need. */
function legendOf(series, width) {
  if (series.length < 2) return { height: 0, marks: () => [] };
  let across = 0, down = 0;
  const places = series.map((name) => {
    const shown = fitted(name, width - 40);
    const room = widthOf(shown) + 34;
    if (across && across + room > width - 40) [across, down] = [0, down + 1];
    const place = { name: shown, across, down };
    across += room;
    return place;
  });
  const height = (down + 1) * LEGEND_LINE;
  const dy = (place) => place.down * LEGEND_LINE - height - 12;
  return {
    height,
    marks: (palette) => places.flatMap((place, at) => [
      dot([0], { frameAnchor: "top-left", dx: place.across, dy: dy(place), r: 5, symbol: SYMBOLS[at], fill: palette.series[at] }),
      text([place.name], { frameAnchor: "top-left", dx: place.across + 10, dy: dy(place), textAnchor: "start", lineAnchor: "middle" }),
    ]),
  };
}
