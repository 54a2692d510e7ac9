// Colours by what they are for. On the screen they follow the theme by themselves; in a file they are fixed.

const names = { ink: "ink", muted: "muted", line: "line", paper: "paper" };
const series = ["c1", "c2", "c3", "c4", "c5", "c6"];

const palette = (colour) => ({
  ...Object.fromEntries(Object.entries(names).map(([name, token]) => [name, colour(token)])),
  series: series.map(colour),
});

export const onScreen = palette((token) => `var(--${token})`);

/** The light colours as they are written in the stylesheet, whatever theme the page has. */
export function onPaper() {
  const probe = document.body.appendChild(document.createElement("span"));
  probe.className = "on-paper";
  const style = getComputedStyle(probe);
  const found = palette((token) => style.getPropertyValue(`--${token}`).trim());
  probe.remove();
  return found;
}
