// Lines and areas along time, each named at its end.
import { areaY, axisX, axisY, dot, gridY, line as lineMark, plot, ruleY, text } from "@observablehq/plot";
import { NARROW } from "./bars.js";
import { DASHES, legendOf, SYMBOLS } from "./legend.js";
import { axisFigures, fitted, halo, widest } from "./text.js";

export const HEIGHT = 360; // as in chart.css
const TOP = 22;
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
  const ticks = widest(groups.map((group) => group.name));
  const beside = several && width >= NARROW;
  const right = Math.max(beside ? Math.min(widest(data.series) + 12, width * 0.34) : 0, ticks / 2 + 4);
  const legend = legendOf(beside ? [] : data.series, width, TOP);
  const options = {
    width,
    height: HEIGHT + legend.height,
    marginTop: TOP + legend.height,
    marginRight: Math.ceil(right),
    marginBottom: 30,
    marginLeft: Math.ceil(Math.max(widest(ends.map(figures)) + 14, ticks / 2)),
    x: { type: "utc" },
    y: { domain: ends, nice: true },
  };
  const frame = [
    gridY({ stroke: palette.line, strokeOpacity: 1, ticks: 5 }),
    axisY({ ticks: 5, tickSize: 0, tickFormat: figures, label: null }),
    timeAxis(groups, ticks, width - options.marginLeft - right),
    ends[0] <= 0
      ? ruleY([0], { stroke: palette.muted })
      : text([data.cut_axis], { frameAnchor: "top-left", dy: -14, textAnchor: "start", fill: palette.muted }),
  ];
  const names = beside
    ? seriesNames(groups, tops, data.series, right, plot({ ...options, marks: [...frame, ...marks] }))
    : several ? legend.marks(palette) : outstandingFigures(groups, palette);
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
function timeAxis(groups, widestName, room) {
  const each = widestName + 16;
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
      frameAnchor: "top-right", dx: 8, dy: one.y - TOP, textAnchor: "start", lineAnchor: "middle",
      title: () => one.name,
    }),
  );
}

/** The figures of the first, the last and the highest point, where the line does not run through them. */
function outstandingFigures(groups, palette) {
  const filled = groups.filter((group) => group.values[0] != null);
  if (!filled.length) return [];
  const value = (group) => group.values[0];
  const highest = filled.reduce((top, group) => (value(group) > value(top) ? group : top));
  const first = filled[0], last = filled[filled.length - 1];
  const figureOf = (group, neighbour, textAnchor) => {
    const below = group !== highest && neighbour && value(neighbour) > value(group);
    return text([group], { x: "at", y: value, text: (one) => one.texts[0], dy: below ? 16 : -12, textAnchor, fontWeight: 600, ...halo(palette) });
  };
  return [
    figureOf(first, filled[1], filled.length > 1 ? "start" : "middle"),
    ...(last === first ? [] : [figureOf(last, filled[filled.length - 2], "end")]),
    ...(highest === first || highest === last ? [] : [figureOf(highest, null, "middle")]),
  ];
}
