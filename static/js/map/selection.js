// The list and the map show the same feature: a link of the list, or the address, says which.
import L from "leaflet";
import { popupContent } from "./popup.js";

const CLOSE_UP = 12;
const ANCHOR = /^#dt-(\d+)$/;

/** Links "#dt-<number>" show the feature when they get the focus, are pressed, or stand in the address. */
export function followList(map, drawn) {
  const follow = (address) => {
    const found = drawn.layers.get(Number(ANCHOR.exec(address)?.[1]));
    if (found) show(map, found, drawn.labels);
  };
  const ofLink = (event) => {
    const link = event.target.closest?.("a[href^='#dt-']");
    if (link) follow(link.hash);
  };
  document.addEventListener("focusin", ofLink);
  document.addEventListener("click", ofLink);
  follow(location.hash);
}

function show(map, { feature, layer }, labels) {
  const still = { animate: false };
  const at = layer.getLatLng?.() ?? layer.getBounds().getCenter();
  if (layer.getLatLng) map.setView(at, Math.max(map.getZoom(), CLOSE_UP), still);
  else map.fitBounds(layer.getBounds(), { maxZoom: CLOSE_UP, ...still });
  L.popup({ maxWidth: 280, autoPan: true })
    .setLatLng(at)
    .setContent(popupContent(feature, labels))
    .openOn(map);
}
