// Colours by what they are for, and letters. On the screen they follow the theme by themselves; in a file they are fixed.

const names = { ink: "ink", muted: "muted", line: "line", paper: "paper" };
const series = ["c1", "c2", "c3", "c4", "c5", "c6"];

const palette = (colour, family) => ({
  family,
  ...Object.fromEntries(Object.entries(names).map(([name, token]) => [name, colour(token)])),
  series: series.map(colour),
});

export const onScreen = palette((token) => `var(--${token})`, '"Inter", system-ui, sans-serif');

/** The light colours as they are written in the stylesheet, whatever theme the page has. */
export function onPaper() {
  const probe = document.body.appendChild(document.createElement("span"));
  probe.className = "on-paper";
  const style = getComputedStyle(probe);
  // A file takes no font along: letters that every machine has.
  const found = palette((token) => style.getPropertyValue(`--${token}`).trim(), "Arial, Helvetica, sans-serif");
  probe.remove();
  return found;
}
