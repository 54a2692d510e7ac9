// What a popup tells about a feature: text only, whatever the data hold.

export function popupContent(feature, labels) {
  const content = document.createElement("div");
  content.lang = "vi";
  content.append(element("p", feature.title, "map-title"));
  const facts = feature.facts.map((text, at) => [labels[at], text]).filter(([, text]) => text !== null);
  if (facts.length) content.append(list(facts));
  if (feature.parts) content.append(list(feature.parts));
  return content;
}

function list(pairs) {
  const facts = document.createElement("dl");
  for (const [name, text] of pairs) {
    const pair = document.createElement("div");
    pair.append(element("dt", name), element("dd", text));
    facts.append(pair);
  }
  return facts;
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}
