/*! Leaflet.markercluster: MIT licence, (c) 2012-2017 Dave Leaver, smartrak */
// Features on the map: points gathered where they crowd, shapes, circles whose area tells a number.
import L from "leaflet";
import "leaflet.markercluster";
import { popupContent } from "./popup.js";

const LARGEST = 30; // radius of the largest circle, pixels
const SMALLEST = 4;
const COVERED = 0.12; // of the map by all circles together
const CROWDED = 48; // pixels within which points are gathered: each stays large enough to press
const POINT = 24;

/** Draws them; returns {layers: by number, bounds}. */
export function drawFeatures(map, data, words) {
  const crowd = makeCrowd(words);
  const shapes = L.featureGroup();
  const layers = new Map();
  const largest = largestRadius(map, data.features);
  for (const feature of data.features) {
    const layer = makeLayer(feature, largest);
    layer.bindPopup(() => popupContent(feature, data.labels), { maxWidth: 280 });
    layer.bindTooltip(() => textOnly(feature.title, "vi"), { direction: "top" });
    (layer instanceof L.Marker ? crowd : shapes).addLayer(layer);
    layers.set(feature.number, { feature, layer });
  }
  map.addLayer(shapes).addLayer(crowd);
  const bounds = L.latLngBounds([]);
  for (const group of [shapes, crowd]) if (group.getLayers().length) bounds.extend(group.getBounds());
  return { layers, bounds, labels: data.labels };
}

function makeLayer(feature, largest) {
  if (feature.share !== undefined) return makeCircle(feature, largest);
  if (feature.geometry.type === "Point") return makePoint(feature);
  return makeShape(feature);
}

/** A point one can reach with the keyboard, named for whoever does not see it. */
function makePoint(feature) {
  const [longitude, latitude] = feature.geometry.coordinates;
  return L.marker([latitude, longitude], { icon: new NamedIcon(pointLook(feature)), alt: feature.title });
}

function pointLook(feature) {
  return { className: "map-point", html: "", iconSize: [POINT, POINT], name: feature.title, lang: "vi" };
}

/** Smaller where circles are many, so that they do not bury each other. */
function largestRadius(map, features) {
  const shares = features.reduce((sum, feature) => sum + (feature.share ?? 0), 0);
  const { x, y } = map.getSize();
  return Math.min(LARGEST, Math.max(2 * SMALLEST, Math.sqrt((COVERED * x * y) / (Math.PI * shares))));
}

/** Area, not radius, goes with the number: twice as much looks twice as large. */
function makeCircle(feature, largest) {
  const [longitude, latitude] = feature.geometry.coordinates;
  const radius = Math.max(SMALLEST, largest * Math.sqrt(feature.share));
  const circle = L.circleMarker([latitude, longitude], { radius, className: "map-circle" });
  return named(circle, [feature.title, ...feature.facts].join(", "));
}

function makeShape(feature) {
  return L.geoJSON(feature.geometry, {
    style: { className: "map-shape" },
    pointToLayer: (point, position) => L.circleMarker(position, { radius: 6, className: "map-shape" }),
    onEachFeature: (part, layer) => named(layer, feature.title),
  });
}

/** What is drawn as a path is a picture with a name; the list leads to it by keyboard. */
function named(layer, name) {
  return layer.on("add", () => {
    const path = layer.getElement();
    path?.setAttribute("role", "img");
    path?.setAttribute("aria-label", name);
    path?.setAttribute("lang", "vi");
  });
}

/** Leaflet gives a name only to pictures. */
const NamedIcon = L.DivIcon.extend({
  createIcon(old) {
    const element = L.DivIcon.prototype.createIcon.call(this, old);
    element.setAttribute("aria-label", this.options.name);
    if (this.options.lang) element.lang = this.options.lang;
    return element;
  },
});

function makeCrowd(words) {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  return L.markerClusterGroup({
    maxClusterRadius: CROWDED,
    showCoverageOnHover: false,
    animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    spiderLegPolylineOptions: { className: "map-leg", weight: 1 },
    iconCreateFunction: (cluster) => crowdIcon(number.format(cluster.getChildCount()), words),
  });
}

function crowdIcon(count, words) {
  const side = 30 + 5 * count.length;
  return new NamedIcon({
    className: "map-crowd",
    html: textOnly(count),
    iconSize: [side, side],
    name: words.crowd.replace("{n}", count),
  });
}

/** Data never become markup. */
function textOnly(text, lang = "") {
  const element = document.createElement("span");
  if (lang) element.lang = lang;
  element.textContent = text;
  return element;
}
