// Lines and areas along time, each named at its end.
import { areaY, axisX, axisY, dot, gridY, line as lineMark, plot, ruleY, scale, text } from "@observablehq/plot";
import { NARROW } from "./bars.js";
import { DASHES, legendOf, SYMBOLS } from "./legend.js";
import { spread } from "./spread.js";
import { axisFigures, halo, lines, widest } from "./text.js";

export const HEIGHT = 360; // as in chart.css
const TOP = 22;
const NOTE = 16; // room for the sentence about the axis, above the figures of the points
const MOST_DOTS = 60;
const BOTTOM = 30;
const LABEL_LINE = 15; // pixels from a line of a name to the next
const LABEL_GAP = 3; // pixels between names
const SIGN = 18; // room of a name's sign
const FAR = 4; // pixels from which on a name is led back to its line
const LEAST_SHARE = 0.1; // of the largest value that an axis cut at its foot spans: less makes a storm of nothing
const LEAST_STEPS = 10; // and of the smallest differences the figures can tell

export const line = (data, width, palette) => overTime(data, width, palette, lineLayers);
export const area = (data, width, palette) => overTime(data, width, palette, areaLayers);

function overTime(data, width, palette, layers) {
  const groups = data.groups.map((group) => ({ ...group, at: new Date(group.start) }));
  const several = data.series.length > 1;
  const { tops, marks, fromZero } = layers(groups, data.series, palette);
  const values = tops.flat().filter((value) => value != null);
  const ends = reach(values, fromZero);
  const figures = axisFigures(data.language, ends[1], data.plain[1]);
  const foot = scale({ y: { type: "linear", domain: ends, nice: true } }).domain[0];
  const ticks = widest(groups.map((group) => group.name));
  const names = several ? namesBeside(data.series, width) : null;
  const right = Math.max(names ? names.room : 0, ticks / 2 + 4);
  const left = Math.ceil(Math.max(widest([...ends, rounded(ends[1])].map(figures)) + 14, ticks / 2));
  const top = TOP + (ends[0] > 0 ? NOTE : 0);
  const legend = legendOf(names ? [] : data.series, width - left, top);
  const options = {
    width,
    height: HEIGHT + legend.height,
    marginTop: top + legend.height,
    marginRight: Math.ceil(right),
    marginBottom: BOTTOM,
    marginLeft: left,
    x: { type: "utc", ...(groups.length > 1 ? { domain: [groups[0].at, groups[groups.length - 1].at] } : {}) },
    y: { domain: ends, nice: true },
  };
  const frame = [
    gridY({ stroke: palette.line, strokeOpacity: 1, ticks: 5 }),
    axisY({ ticks: 5, tickSize: 0, tickFormat: figures, label: null }),
    timeAxis(groups, ticks, width - options.marginLeft - right),
    ends[0] <= 0
      ? ruleY([0], { stroke: palette.muted })
      : text([data.cut_axis.replace("{start}", figures(foot))], { frameAnchor: "top-left", dx: -left, dy: 8 - top, textAnchor: "start", fontWeight: 600 }),
  ];
  const words = names
    ? seriesNames(groups, tops, names, top, palette, plot({ ...options, marks: [...frame, ...marks] }))
    : several ? legend.marks(palette) : outstandingFigures(groups, palette);
  return plot({ ...options, marks: [...frame, ...marks, ...words] });
}

/** The end of an axis that reaches up to the value. */
function rounded(value) {
  const step = 10 ** Math.floor(Math.log10(Math.abs(value) || 1));
  return Math.ceil(value / step) * step;
}

/** The series' names in lines, for the right of the picture; null where they need more room than there is. */
function namesBeside(series, width) {
  const isNarrow = width < NARROW;
  const most = width * (isNarrow ? 0.42 : 0.34);
  const room = Math.min(widest(series), most - SIGN);
  const blocks = series.map((name) => lines(name, room));
  const broken = blocks.some((block) => block.length > (isNarrow ? 3 : 2) || widest(block) > room);
  const height = blocks.reduce((sum, block) => sum + block.length * LABEL_LINE + LABEL_GAP, 0);
  if (broken || height > HEIGHT - TOP - NOTE - BOTTOM) return null;
  return { blocks, room: widest(blocks.flat()) + SIGN + 4 };
}

/** From zero, unless all values of a line are close together and far from it. */
function reach(values, fromZero) {
  const least = Math.min(...values), most = Math.max(...values);
  if (!values.length) return [0, 1];
  const fromNothing = [Math.min(0, least), Math.max(0, most) || 1];
  if (fromZero || least < 0 || least === most || most - least > 0.3 * most) return fromNothing;
  const spread = Math.max(most - least, LEAST_SHARE * most, LEAST_STEPS * finest(values));
  const spare = (spread - (most - least)) / 2;
  // Below the least there is room for its figure.
  const foot = least - Math.max(spare, (most - least) / 10);
  return foot > 0 ? [foot, most + spare] : fromNothing;
}

/** The smallest difference the values can tell as they are written: 0.01 of 12.74, 1 of whole numbers. */
function finest(values) {
  const decimals = values.map((value) => `${Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2))}`.split(".")[1]?.length ?? 0);
  return 10 ** -Math.max(...decimals);
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
  // The first and the last reach over the ends.
  const steps = Math.floor(room / each);
  const step = steps ? Math.max(1, Math.ceil((groups.length - 1) / steps)) : groups.length;
  const shown = groups.filter((_, place) => (groups.length - 1 - place) % step === 0);
  const names = new Map(shown.map((group) => [+group.at, group.name]));
  return axisX({ ticks: shown.map((group) => group.at), tickSize: 4, tickFormat: (at) => names.get(+at), label: null });
}

/** Signs and names at the right, each at the height where its series ends, moved apart where they would touch. */
function seriesNames(groups, tops, { blocks }, head, palette, drawn) {
  const [x, y] = [drawn.scale("x"), drawn.scale("y")];
  const ended = tops.map((top, place) => {
    const at = top.reduce((last, value, index) => (value == null ? last : index), -1);
    return { place, at, y: at < 0 ? null : y.apply(top[at]), size: blocks[place].length * LABEL_LINE + LABEL_GAP };
  }).filter((one) => one.y != null);
  const placed = spread(ended, [head, HEIGHT - BOTTOM]);
  const edge = x.range[1];
  return placed.flatMap(({ place, at, y: end, middle }) => {
    const isFar = Math.abs(middle - end) > FAR || x.apply(groups[at].at) < edge - 1;
    const way = [[x.apply(groups[at].at), end], [edge + 6, middle]];
    const points = way.map(([across, down]) => ({ x: x.invert(across), y: y.invert(down) }));
    const first = middle - ((blocks[place].length - 1) * LABEL_LINE) / 2;
    const beside = { frameAnchor: "top-right", dx: SIGN };
    return [
      ...(isFar && groups.length > 1
        ? [lineMark(points, { x: "x", y: "y", stroke: palette.series[place], strokeWidth: 1 })]
        : []),
      dot([0], { frameAnchor: "top-right", dx: 9, dy: middle - head, r: 4, symbol: SYMBOLS[place], fill: palette.series[place] }),
      ...blocks[place].map((line, row) =>
        text([line], { ...beside, dy: first + row * LABEL_LINE - head, textAnchor: "start", lineAnchor: "middle" }),
      ),
    ];
  });
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
