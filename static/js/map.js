// <data-map data-source="…">: draws the features of a table with Leaflet; the list on the page names the same ones.
// Words for people come from the element's data-… attributes.
import "../css/map.css";
import { drawFeatures } from "./map/features.js";
import { makeMap } from "./map/frame.js";
import { drawPlaces } from "./map/places.js";
import { followList } from "./map/selection.js";

class DataMap extends HTMLElement {
  connectedCallback() {
    this.note = this.querySelector("[role=status]");
    this.querySelector("[data-without-script]")?.remove();
    this.load().catch((error) => this.fail(error));
  }

  async load() {
    this.say(this.dataset.loading);
    const response = await fetch(this.dataset.source, { headers: { Accept: "application/json" } });
    const data = await response.json();
    if (!response.ok) throw new Refusal(data.error);
    this.say("");
    this.draw(data);
  }

  draw(data) {
    const ground = document.createElement("div");
    ground.className = "map-ground";
    this.append(ground);
    const map = makeMap(ground, data.box, this.dataset);
    if (!this.dataset.tiles) drawPlaces(map, data.places);
    const drawn = drawFeatures(map, data, this.dataset);
    if (drawn.bounds.isValid()) map.fitBounds(drawn.bounds, { padding: [24, 24], maxZoom: 13 });
    followList(map, drawn);
    if (data.is_simplified) this.say(this.dataset.simplified);
  }

  /** Its own words where the site answered, a general sentence where it did not. */
  fail(error) {
    this.say(error instanceof Refusal ? error.message : this.dataset.failed);
    if (!(error instanceof Refusal)) console.warn(error);
  }

  say(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }
}

/** The site's answer that it cannot give the features, in a sentence. */
class Refusal extends Error {}

customElements.define("data-map", DataMap);
