// Horizontal bars from zero, each with its name and figure.
import { axisX, axisY, barX, gridX, plot, ruleX, text } from "@observablehq/plot";
import { axisFigures, halo, lines, widest } from "./text.js";

export const NARROW = 480; // pixels: below, names stand above their bars
const BESIDE = 0.36; // of the width, for names beside their bars; longer ones stand above them, in lines
const ROW = 34; // height of a bar with its gap; as in chart.css
const SMALL_ROW = 26;
const AXIS = 28;

export function bars(data, width, palette) {
  const most = width * BESIDE;
  const named = data.series.length > 1 ? data.series : data.groups.map((group) => group.name);
  const isAbove = widest(named) > most;
  const stacked = data.series.length > 1 || width < NARROW || isAbove;
  const rows = stacked ? headedRows(data, width, isAbove) : plainRows(data);
  const drawn = rows.filter((row) => row.value != null);
  const names = rows.map((row) => row.name);
  const values = drawn.map((row) => row.value);
  const left = widest(names);
  const ends = [Math.min(0, ...values), Math.max(0, ...values)];
  const figures = axisFigures(data.language, Math.max(-ends[0], ends[1]), data.plain[1]);
  const room = widest(drawn.map((row) => row.text)) + 12;
  return plot({
    width,
    height: rows.length * (stacked ? SMALL_ROW : ROW) + AXIS,
    marginLeft: Math.ceil(left) + 10 + (ends[0] < 0 ? room : 0),
    marginRight: Math.ceil(room),
    marginTop: 0,
    marginBottom: AXIS,
    x: { domain: ends[0] === ends[1] ? [0, 1] : ends, nice: false },
    y: { type: "band", domain: rows.map((_, place) => place), padding: stacked ? 0.15 : 0.3 },
    marks: [
      gridX({ stroke: palette.line, strokeOpacity: 1, ticks: Math.max(2, Math.floor(width / 180)) }),
      axisX({ ticks: Math.max(2, Math.floor(width / 180)), tickSize: 0, tickFormat: figures, label: null }),
      axisY({ tickSize: 0, label: null, tickFormat: (place) => names[place] }),
      barX(drawn, {
        x: "value",
        y: (row) => rows.indexOf(row),
        fill: (row) => (row.rest ? palette.muted : palette.series[row.series]),
        title: (row) => `${row.of} ${row.text}`,
      }),
      ruleX([0], { stroke: palette.muted }),
      text(drawn, {
        x: "value",
        y: (row) => rows.indexOf(row),
        text: "text",
        textAnchor: "start",
        fontWeight: 600,
        filter: (row) => row.value >= 0,
        dx: 6,
      }),
      text(drawn, {
        x: "value",
        y: (row) => rows.indexOf(row),
        text: "text",
        textAnchor: "end",
        fontWeight: 600,
        filter: (row) => row.value < 0,
        dx: -6,
      }),
      ...[600, 400].map((fontWeight) => text(rows.filter((row) => row.head && row.weight === fontWeight), {
        frameAnchor: "left",
        y: (row) => rows.indexOf(row),
        text: "head",
        textAnchor: "start",
        fontWeight,
        ...halo(palette),
        dx: -Math.ceil(left) - (left ? 10 : 0),
        dy: 4,
      })),
    ],
  });
}

/** One bar for each group, its name on the axis. */
function plainRows(data) {
  return data.groups.map((group) => bar(group, 0, group.name, group.name));
}

/** Lines with the group's name, then a bar for each series, named on the axis or, `isAbove`, in lines too. */
function headedRows(data, width, isAbove) {
  const several = data.series.length > 1;
  const room = width - 24;
  const headed = (text, weight) => lines(text, room, { weight }).map((head) => ({ head, weight, name: "" }));
  return data.groups.flatMap((group) => [
    ...headed(group.name, 600),
    ...data.series.flatMap((series, place) => [
      ...(several && isAbove ? headed(series, 400) : []),
      bar(group, place, several && !isAbove ? series : "", several ? `${group.name}, ${series}` : group.name),
    ]),
  ]);
}

function bar(group, place, name, of) {
  return {
    name,
    of,
    series: place,
    value: group.values[place],
    text: group.texts[place],
    rest: group.rest && group.values.length === 1,
  };
}
