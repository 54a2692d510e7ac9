// Buttons to zoom: Leaflet's own are links that lead nowhere.
import L from "leaflet";

export const ZoomControl = L.Control.extend({
  options: { position: "topleft" },

  /** `words` hold zoomIn and zoomOut. */
  initialize(words) {
    this.words = words;
  },

  onAdd(map) {
    const bar = L.DomUtil.create("div", "leaflet-bar map-zoom");
    const nearer = this.button(bar, "+", this.words.zoomIn, (step) => map.zoomIn(step));
    const farther = this.button(bar, "−", this.words.zoomOut, (step) => map.zoomOut(step));
    const update = () => {
      nearer.setAttribute("aria-disabled", String(map.getZoom() >= map.getMaxZoom()));
      farther.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
    };
    map.on("zoomend zoomlevelschange", update);
    map.whenReady(update);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  },

  button(bar, sign, name, act) {
    const button = L.DomUtil.create("button", "", bar);
    button.type = "button";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => act(1));
    return button;
  },
});
