// The map without its features: ground, zoom, scale, keyboard.
import L from "leaflet";
import { ZoomControl } from "./zoom-control.js";

const FARTHEST_OUT = 7;
const NEAREST = 18;

/** A map of the surroundings [south, west, north, east] in the element; it names itself and its controls. */
export function makeMap(element, box, words) {
  const around = L.latLngBounds([box[0], box[1]], [box[2], box[3]]);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    attributionControl: false, // whose map it is stands under it, in the page's own words
    zoomControl: false,
    minZoom: FARTHEST_OUT,
    maxZoom: NEAREST,
    maxBounds: around,
    maxBoundsViscosity: 1,
    zoomSnap: 0.25, // features fill the frame; the keys and buttons still go by whole steps
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  map.fitBounds(around);
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", words.name);
  addControls(map, words);
  if (words.tiles) addTiles(map, words.tiles);
  // The wheel scrolls the page until somebody turns to the map.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  // Leaflet listens for Escape only while the ground itself has the focus, not a marker or the list.
  document.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
  map.on("popupopen", (event) => nameCloseButton(event.popup, words.close));
  return map;
}

function addControls(map, words) {
  new ZoomControl(words).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
}

/** Tiles of the operator's choice; their server may want to know which site asks, nothing more. */
function addTiles(map, address) {
  L.tileLayer(address, { maxZoom: NEAREST, referrerPolicy: "origin" }).addTo(map);
}

/** Leaflet names it in English. */
function nameCloseButton(popup, name) {
  popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", name);
}
