// Faint dots and names of communes on an empty ground, so that one knows where one is.
import L from "leaflet";

const ROOM = { width: 96, height: 26 }; // pixels that a name keeps free of other names
const MARKER = { width: 56, height: 30 }; // and of markers, under which it could not be read
const BELOW = 14; // a name stands under its dot

/** `places` are [name, latitude, longitude]; wards come first, then communes, as far as there is room for names. */
export function drawPlaces(map, places) {
  for (const name of ["places", "names"]) map.createPane(name).setAttribute("aria-hidden", "true");
  const known = places.map(([name, latitude, longitude]) => ({
    name: name.replace(/^(Phường|Xã) /, ""),
    isTown: name.startsWith("Phường"),
    at: L.latLng(latitude, longitude),
  }));
  known.sort((one, other) => Number(other.isTown) - Number(one.isTown));
  for (const place of known) dot(place).addTo(map);
  const names = L.layerGroup().addTo(map);
  const rename = () => writeNames(map, names, known);
  map.on("moveend", rename);
  rename();
}

function dot(place) {
  return L.circleMarker(place.at, {
    pane: "places",
    radius: 2,
    className: "map-place",
    interactive: false,
  });
}

/** Names of the places in view that do not stand in each other's way. */
function writeNames(map, names, places) {
  names.clearLayers();
  const view = map.getBounds();
  const markers = [...map.getPane("markerPane").children].map((icon) => L.DomUtil.getPosition(icon));
  const taken = [];
  for (const place of places) {
    const point = map.latLngToLayerPoint(place.at).add([0, BELOW]);
    if (!view.contains(place.at) || taken.some((other) => isNear(point, other, ROOM))) continue;
    if (markers.some((other) => isNear(point, other, MARKER))) continue;
    taken.push(point);
    names.addLayer(label(place));
  }
}

function isNear(one, other, room) {
  return Math.abs(one.x - other.x) < room.width && Math.abs(one.y - other.y) < room.height;
}

function label(place) {
  const text = document.createElement("span");
  text.textContent = place.name;
  text.lang = "vi";
  return L.marker(place.at, {
    pane: "names",
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ className: "map-name", html: text, iconSize: null }),
  });
}
