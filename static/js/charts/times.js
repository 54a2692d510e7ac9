// Lines and areas along time, each named at its end.
import { areaY, axisX, axisY, dot, gridY, line as lineMark, plot, ruleY, text } from "@observablehq/plot";
import { axisFigures, fitted, widest } from "./text.js";

export const HEIGHT = 360; // as in chart.css
export const DASHES = ["", "7 4", "2 4", "10 4 2 4", "4 2", "1 3"];
export const SYMBOLS = ["circle", "square", "triangle", "diamond", "cross", "star"];
const MOST_DOTS = 60;
const LABEL_GAP = 17; // pixels between names at the right

export const line = (data, width, palette) => overTime(data, width, palette, lineLayers);
export const area = (data, width, palette) => overTime(data, width, palette, areaLayers);

function overTime(data, width, palette, layers) {
  const groups = data.groups.map((group) => ({ ...group, at: new Date(group.start) }));
  const several = data.series.length > 1;
  const { tops, marks, fromZero } = layers(groups, data.series, palette);
  const values = tops.flat().filter((value) => value != null);
  const ends = reach(values, fromZero);
  const figures = axisFigures(data.language, ends[1]);
  const right = several ? Math.min(widest(data.series) + 12, width * 0.34) : 28;
  const options = {
    width,
    height: HEIGHT,
    marginTop: 22,
    marginRight: Math.ceil(right),
    marginBottom: 30,
    marginLeft: Math.ceil(widest(ends.map(figures))) + 14,
    x: { type: "utc" },
    y: { domain: ends, nice: true },
  };
  const frame = [
    gridY({ stroke: palette.line, strokeOpacity: 1, ticks: 5 }),
    axisY({ ticks: 5, tickSize: 0, tickFormat: figures, label: null }),
    timeAxis(groups, width - options.marginLeft - right),
    ...(ends[0] <= 0 ? [ruleY([0], { stroke: palette.muted })] : []),
  ];
  const names = several
    ? seriesNames(groups, tops, data.series, right, plot({ ...options, marks: [...frame, ...marks] }))
    : outstandingFigures(groups);
  return plot({ ...options, marks: [...frame, ...marks, ...names] });
}

/** From zero, unless all values of a line are close together and far from it. */
function reach(values, fromZero) {
  const least = Math.min(...values), most = Math.max(...values);
  if (!values.length) return [0, 1];
  if (fromZero || least < 0 || most - least > 0.3 * most) return [Math.min(0, least), Math.max(0, most) || 1];
  return least === most ? [0, most || 1] : [least, most];
}

function lineLayers(groups, series, palette) {
  const marks = series.flatMap((name, place) => {
    const stroke = palette.series[place];
    const value = (group) => group.values[place];
    const dotted = groups.length <= MOST_DOTS;
    return [
      lineMark(groups, { x: "at", y: value, stroke, strokeWidth: 2.5, strokeDasharray: DASHES[place] }),
      ...(dotted
        ? [dot(groups, {
            x: "at", y: value, fill: stroke, symbol: SYMBOLS[place], r: 4,
            title: (group) => `${[name, group.name].filter(Boolean).join(", ")}: ${group.texts[place]}`,
          })]
        : []),
    ];
  });
  return { tops: series.map((_, place) => groups.map((group) => group.values[place])), marks, fromZero: false };
}

/** Each series stands on the one before it. */
function areaLayers(groups, series, palette) {
  const floors = groups.map(() => 0);
  const tops = [];
  const marks = series.flatMap((name, place) => {
    const bottom = [...floors];
    groups.forEach((group, at) => { floors[at] += group.values[place] ?? 0; });
    const top = groups.map((group, at) => (group.values[place] == null && series.length === 1 ? null : floors[at]));
    tops.push(top);
    const colour = palette.series[place];
    return [
      areaY(groups, { x: "at", y1: bottom, y2: top, fill: colour, fillOpacity: 0.3 }),
      lineMark(groups, { x: "at", y: top, stroke: colour, strokeWidth: 2, strokeDasharray: DASHES[place] }),
    ];
  });
  return { tops, marks, fromZero: true };
}

/** As many names of periods as fit, the last always among them. */
function timeAxis(groups, room) {
  const each = widest(groups.map((group) => group.name)) + 16;
  const step = Math.max(1, Math.ceil(groups.length / Math.max(1, Math.floor(room / each))));
  const shown = groups.filter((_, place) => (groups.length - 1 - place) % step === 0);
  const names = new Map(shown.map((group) => [+group.at, group.name]));
  return axisX({ ticks: shown.map((group) => group.at), tickSize: 4, tickFormat: (at) => names.get(+at), label: null });
}

/** The names at the right, each at the height of its last value, moved apart where they would touch. */
function seriesNames(groups, tops, series, room, drawn) {
  const scale = drawn.scale("y");
  const wanted = tops.map((top, place) => {
    const at = top.reduce((last, value, index) => (value == null ? last : index), -1);
    return { place, name: series[place], y: at < 0 ? null : scale.apply(top[at]) };
  });
  const placed = wanted.filter((one) => one.y != null).sort((one, other) => one.y - other.y);
  for (let at = 1; at < placed.length; at += 1) {
    placed[at].y = Math.max(placed[at].y, placed[at - 1].y + LABEL_GAP);
  }
  const over = placed.length ? placed[placed.length - 1].y - (HEIGHT - 30) : 0;
  if (over > 0) for (const one of placed) one.y -= over;
  return placed.map((one) =>
    text([fitted(one.name, room - 10)], {
      frameAnchor: "top-right", dx: 8, dy: one.y - 22, textAnchor: "start", lineAnchor: "middle",
      title: () => one.name,
    }),
  );
}

/** The figures of the first, the last and the highest point. */
function outstandingFigures(groups) {
  const filled = groups.filter((group) => group.values[0] != null);
  if (!filled.length) return [];
  const highest = filled.reduce((top, group) => (group.values[0] > top.values[0] ? group : top));
  const named = [...new Set([filled[0], highest, filled[filled.length - 1]])];
  return [text(named, { x: "at", y: (group) => group.values[0], text: (group) => group.texts[0], dy: -12, fontWeight: 600 })];
}
