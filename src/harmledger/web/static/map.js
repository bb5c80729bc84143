// The map of incidents, better with a script than the drawing that the server sends.
//
//   <div id="map" data-source="/incidents.geojson" data-list="map-list"> the drawn SVG map </div>
//   <div id="map-list"></div>
//
// Comes in: GeoJSON points with the properties id, title, href, radius_m and, where there is one, when; where the collection says `cells`, some
// stand for as many `incidents`, and whoever comes nearer or looks elsewhere asks for that view. Goes out: the map in the place of
// the drawing, which stays where WebGL is missing; a list of what is in view, for the keyboard and for those who listen.
// The URL's query goes with the request, so the map follows the page's filters. Nothing is asked of another host; words become text, never markup.

import { addProtocol, Map as MapLibre, NavigationControl, Popup, ScaleControl, prewarm, setWorkerUrl } from "./vendor/maplibre-gl.mjs";
import { Protocol } from "./vendor/pmtiles.mjs";

const HERE = new URL(".", import.meta.url);
const METRES_PER_PIXEL_AT_ZOOM_0 = 78271.517; // on the equator, with tiles of 512 pixels
const MAX_ZOOM = 13; // the basemap ends at zoom 7: nearer by, there is nothing to find one's way by
const MAX_LISTED = 50;
const VIEW_STEPS = 4; // views are asked for in quarters of their own size, so that readers ask for the same ones
const FIT = { padding: 40, maxZoom: 8 };
const WORLD = [[-130, -50], [170, 72]];

setWorkerUrl(new URL("vendor/maplibre-gl-worker.mjs", HERE).href);
addProtocol("pmtiles", new Protocol().tile);

/** The theme that the page's root names, else the one that the reader's system prefers. */
function theme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** The theme's style with full addresses and in the page's language. */
async function loadStyle() {
  const style = await fetchJson(new URL(`style-${theme()}.json`, HERE));
  const { basemap } = style.sources;
  basemap.url = `pmtiles://${new URL(basemap.url.replace("pmtiles://", ""), HERE)}`;
  if (document.documentElement.lang.startsWith("ar")) {
    for (const layer of style.layers.filter((each) => each["source-layer"] === "places")) {
      layer.layout["text-field"] = ["coalesce", ["get", "name_ar"], ["get", "name"]];
    }
  }
  return style;
}

function withIncidents(style, data) {
  const { basemap, incidents } = style.sources;
  return { ...style, sources: { basemap, incidents: { ...incidents, data } } };
}

async function fetchJson(url, signal) {
  const answer = await fetch(url, { credentials: "same-origin", signal });
  if (!answer.ok) throw new Error(`${url.pathname} answered ${answer.status}`);
  return answer.json();
}

/** The incidents that the page's filters leave, or those of them in a view, as the style wants them. */
async function loadIncidents(source, view, signal) {
  const url = new URL(source, location.href);
  if (url.origin !== location.origin) throw new Error("incidents come from this site only");
  for (const [name, value] of new URLSearchParams(location.search)) url.searchParams.append(name, value);
  if (view) url.searchParams.set("view", view.map((degrees) => Number(degrees.toFixed(5))).join(","));
  const { cells, bbox, features } = await fetchJson(url, signal);
  const points = features.filter((feature) => feature.geometry?.type === "Point").map(withReach);
  return { data: { type: "FeatureCollection", features: points }, cells: cells === true, bbox, view };
}

/** What the map shows and something about it, as [west, south, east, north]. */
function viewOf(map) {
  const bounds = map.getBounds();
  const step = 2 ** Math.ceil(Math.log2(Math.max(bounds.getEast() - bounds.getWest(), 0.001))) / VIEW_STEPS;
  const out = (degrees, way) => (Math.floor(degrees / step) + way) * step;
  const within = (degrees, most) => Math.min(most, Math.max(-most, degrees));
  return [
    within(out(bounds.getWest(), 0), 360),
    within(out(bounds.getSouth(), 0), 90),
    within(out(bounds.getEast(), 1), 360),
    within(out(bounds.getNorth(), 1), 90),
  ];
}

/** Whether what was found shows this view as well as it can be shown. */
function suffices({ cells, view: known }, [west, south, east, north]) {
  if (!known) return !cells;
  const holds = known[0] <= west && known[1] <= south && known[2] >= east && known[3] >= north;
  return holds && (!cells || known[2] - known[0] <= east - west);
}

/** A place's radius in metres, as pixels on the map of the whole world. */
function withReach(feature) {
  const [, lat] = feature.geometry.coordinates;
  const metresPerPixel = METRES_PER_PIXEL_AT_ZOOM_0 * Math.cos((lat * Math.PI) / 180);
  const pixels = Math.max(0, Number(feature.properties.radius_m) || 0) / metresPerPixel;
  return { ...feature, properties: { ...feature.properties, pixels_at_zoom_0: pixels } };
}

function boundsOf({ data, bbox }) {
  if (bbox) return [bbox.slice(0, 2), bbox.slice(2)];
  if (!data.features.length) return WORLD;
  let [west, south, east, north] = [180, 85, -180, -85];
  for (const { geometry } of data.features) {
    const [lon, lat] = geometry.coordinates;
    [west, south, east, north] = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
  }
  return [[west, south], [east, north]];
}

/** Incidents as a list of links; a link that leads off this site is left out, its words stay. */
function renderList(incidents, total) {
  const list = document.createElement("ul");
  list.className = "map-incidents";
  const listed = incidents.slice(0, MAX_LISTED);
  for (const { properties } of listed) list.append(renderItem(properties));
  const more = total - countOf(listed);
  if (more > 0) list.append(Object.assign(document.createElement("li"), { textContent: `and ${more.toLocaleString("en")} more: come nearer to see them` }));
  return list;
}

/** How many incidents points stand for. */
function countOf(features) {
  return features.reduce((sum, { properties }) => sum + (properties.incidents ?? 1), 0);
}

function renderItem({ title, href, when }) {
  const item = document.createElement("li");
  const url = URL.canParse(href ?? "", location.href) ? new URL(href, location.href) : null;
  const own = url && url.origin === location.origin && url.protocol.startsWith("http");
  const words = document.createElement(own ? "a" : "span");
  if (own) words.href = url.href;
  words.dir = "auto";
  words.textContent = title || "untitled incident";
  item.append(words);
  if (when) item.append(" ", Object.assign(document.createElement("small"), { textContent: when }));
  return item;
}

/** Shows what lies under a click: incidents, or a group, which opens by coming nearer unless all that it holds is at one point. */
async function show(map, features) {
  const [first] = features;
  const at = first.geometry.coordinates.slice();
  const { cluster_id: group, incidents: total, points } = first.properties;
  if (group === undefined && points > 1 && map.getZoom() < MAX_ZOOM) return map.easeTo({ center: at, zoom: map.getZoom() + 2 });
  if (group === undefined) return showPopup(map, at, distinct(features));
  const source = map.getSource("incidents");
  const held = await source.getClusterLeaves(group, MAX_LISTED, 0);
  if (countOf(held) === total && held.every((each) => String(each.geometry.coordinates) === String(held[0].geometry.coordinates))) {
    return showPopup(map, at, held);
  }
  return map.easeTo({ center: at, zoom: await source.getClusterExpansionZoom(group) });
}

/** Each once: tiles overlap, and what lies at an edge is in two. */
function distinct(features) {
  return [...new Map(features.map((each) => [each.properties.cluster_id ?? each.properties.id, each])).values()];
}

function showPopup(map, at, incidents) {
  new Popup({ maxWidth: "20rem" }).setLngLat(at).setDOMContent(renderList(incidents, countOf(incidents))).addTo(map);
}

/** The list of what is in view, with how many that are; groups count as all that they hold. */
async function listView(map, list) {
  const features = distinct(map.queryRenderedFeatures({ layers: ["incidents", "groups"] }));
  const total = countOf(features);
  const incidents = [];
  for (const feature of features) {
    if (incidents.length >= MAX_LISTED) break;
    incidents.push(...(await leaves(map, feature)));
  }
  const told = list.querySelector("[role=status]") ?? list.appendChild(document.createElement("p"));
  told.setAttribute("role", "status");
  told.textContent = `${total.toLocaleString("en")} ${total === 1 ? "incident" : "incidents"} in view`;
  list.replaceChildren(told, renderList(incidents, total));
}

async function leaves(map, feature) {
  const group = feature.properties.cluster_id;
  return group === undefined ? [feature] : map.getSource("incidents").getClusterLeaves(group, MAX_LISTED, 0);
}

/** Calls back when the reader's theme changes, by system or by the page. */
function onTheme(change) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
  new MutationObserver(change).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

/** Calls back when the page's filters, which live in the URL, have changed. */
function onFilters(change) {
  let last = location.search;
  const look = () => {
    if (location.search === last) return;
    last = location.search;
    change();
  };
  addEventListener("popstate", look);
  for (const event of ["htmx:after:history:update", "htmx:after:swap"]) document.addEventListener(event, look);
}

/** What the map answers to: clicks, and coming to rest. */
function listen(map, list) {
  for (const layer of ["groups", "incidents"]) {
    map.on("click", layer, (event) => show(map, event.features).catch(report));
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("over-mark"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("over-mark"));
  }
  if (list) map.on("idle", () => listView(map, list).catch(report));
}

function report(problem) {
  console.error("map:", problem);
}

async function start(container) {
  prewarm();
  const { source } = container.dataset;
  let [found, style] = await Promise.all([loadIncidents(source), loadStyle()]);
  let asking = new AbortController();
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  container.append(canvas);
  const map = new MapLibre({
    container: canvas,
    style: withIncidents(style, found.data),
    bounds: boundsOf(found),
    fitBoundsOptions: FIT,
    maxZoom: MAX_ZOOM,
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: { compact: false },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl());
  map.once("load", () => {
    container.classList.add("has-map");
    container.dataset.map = "ready";
  });
  listen(map, document.getElementById(container.dataset.list ?? ""));
  onTheme(() => loadStyle().then((style) => map.setStyle(withIncidents(style, found.data))).catch(report));
  onFilters(() => follow(undefined).then((fresh) => fresh && map.fitBounds(boundsOf(found), FIT)).catch(report));
  map.on("moveend", () => {
    const view = viewOf(map);
    if (!suffices(found, view)) follow(view).catch(report);
  });

  /** Asks for the incidents of a view, or of all; gives whether the reader still wants them when they are there. */
  async function follow(view) {
    asking.abort();
    const { signal } = (asking = new AbortController());
    try {
      const fresh = await loadIncidents(source, view, signal);
      if (signal.aborted) return false; // the reader has chosen something else meanwhile
      found = fresh;
    } catch (problem) {
      if (signal.aborted) return false;
      throw problem;
    }
    map.getSource("incidents").setData(found.data);
    return true;
  }
}

for (const container of document.querySelectorAll("#map[data-source]")) {
  start(container).catch((problem) => {
    container.querySelector(".map-canvas")?.remove();
    report(problem);
  });
}
