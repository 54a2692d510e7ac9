// How the values of one column are spread, and how those of two go together.
import { axisX, axisY, dot, gridX, gridY, plot, rectY, ruleY, scale, text } from "@observablehq/plot";
import { legendOf, SYMBOLS } from "./legend.js";
import { axisFigures, lines, widest } from "./text.js";
import { HEIGHT } from "./times.js";

const BOTTOM = 50; // room for figures and the axis's name
const NAME_LINE = 30;
const NEXT_LINE = 15; // pixels from a line of a name to the next

export function histogram(data, width, palette) {
  const bins = data.bins.map(([start, end, count]) => ({ start, end, count }));
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const counts = axisFigures(data.language, most);
  const values = axisFigures(data.language, Math.max(...bins.map((bin) => Math.abs(bin.end))), data.plain[0]);
  const left = Math.ceil(widest([counts(most)])) + 14;
  const name = axisName(data.labels[0], width - left - 24);
  const roomy = (width - left) / bins.length > widest(bins.map((bin) => counts(bin.count))) + 4;
  return plot({
    width,
    height: HEIGHT + name.bottom - BOTTOM,
    marginTop: 22,
    marginBottom: name.bottom,
    marginLeft: left,
    marginRight: 24,
    y: { domain: [0, most], nice: true },
    marks: [
      gridY({ stroke: palette.line, strokeOpacity: 1, ticks: 5 }),
      axisY({ ticks: 5, tickSize: 0, tickFormat: wholeOnly(counts), label: null }),
      axisX({ ticks: Math.max(2, Math.floor(width / 110)), tickSize: 4, tickFormat: values, label: name.text, labelArrow: "none", labelAnchor: "center", labelOffset: name.bottom - 8 }),
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

/** An axis's name in lines, and the room below the picture it needs. */
function axisName(words, room) {
  const found = lines(words, room);
  return { text: found.join("\n"), bottom: BOTTOM + (found.length - 1) * NEXT_LINE };
}

/** Half a row is no count. */
const wholeOnly = (figures) => (value) => (Number.isInteger(value) ? figures(value) : "");

/** An axis's name, with where it begins when that is not zero. */
function withFoot(data, place, values, figures) {
  const [foot] = scale({ x: { type: "linear", domain: [Math.min(...values), Math.max(...values)], nice: true } }).domain;
  const name = data.labels[place];
  return foot > 0 ? `${name} (${data.begins_at.replace("{start}", figures(foot))})` : name;
}

export function scatter(data, width, palette) {
  const points = data.points.map(([x, y, series]) => ({ x, y, series }));
  const along = axisFigures(data.language, Math.max(...points.map((point) => Math.abs(point.x))), data.plain[0]);
  const up = axisFigures(data.language, Math.max(...points.map((point) => Math.abs(point.y))), data.plain[1]);
  const ticks = [Math.min(...points.map((point) => point.y)), Math.max(...points.map((point) => point.y))].map(up);
  const left = Math.ceil(widest(ticks)) + 24;
  const name = axisName(withFoot(data, 0, points.map((point) => point.x), along), width - left - 24);
  const upwards = lines(withFoot(data, 1, points.map((point) => point.y), up), width - 24);
  const above = NAME_LINE + (upwards.length - 1) * NEXT_LINE;
  const legend = legendOf(data.series, width - left, above);
  return plot({
    width,
    height: HEIGHT + legend.height + name.bottom - BOTTOM + above - NAME_LINE,
    marginTop: above + legend.height,
    marginBottom: name.bottom,
    marginLeft: left,
    marginRight: 24,
    x: { nice: true },
    y: { nice: true },
    marks: [
      gridX({ stroke: palette.line, strokeOpacity: 1, ticks: Math.max(2, Math.floor(width / 110)) }),
      gridY({ stroke: palette.line, strokeOpacity: 1, ticks: 6 }),
      axisX({ ticks: Math.max(2, Math.floor(width / 110)), tickSize: 0, tickFormat: along, label: name.text, labelArrow: "none", labelAnchor: "center", labelOffset: name.bottom - 8 }),
      axisY({ ticks: 6, tickSize: 0, tickFormat: up, label: null }),
      ...upwards.map((line, row) =>
        text([line], { frameAnchor: "top-left", dx: 4 - left, dy: -10 - (upwards.length - 1 - row) * NEXT_LINE, textAnchor: "start", lineAnchor: "bottom" }),
      ),
      ...data.series.map((name, place) =>
        dot(points.filter((point) => point.series === place), {
          x: "x", y: "y", r: 3.5, symbol: SYMBOLS[place], fill: palette.series[place], fillOpacity: 0.55,
        }),
      ),
      ...legend.marks(palette),
    ],
  });
}
