/* The map: states by the price of their closure, the way, its stops, and what a tap on it means. */

import { cut, isInside, joinArcs, linesOf, nearestOnLine, pointsOf, prepareArea } from "./geometry.mjs";

const REST = { animate: false };
const STOPS = ["hub", "port", "border", "transfer"];
const STOP_PX = 26;  /* the size of a stop: large enough for a finger */
const FINE_FROM = 5;  /* the zoom from which outlines are drawn with every point */
const FADE = 0.05;  /* of the shorter side of the picture of the states: where it ends, it fades */
const FADE_STEPS = 12;
const EDGE = 0.06;  /* of the fade: what is drawn solidly, so that the line where the picture is cut is covered */
const REACH_PX = 10;  /* how near a tap must come to a line or a town */

const element = (name, className, text = "") => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

/* Everything drawn on a Leaflet map. */
export class AtlasMap {
  constructor(map, data, atlas) {
    const { read } = atlas;
    this.map = map;
    this.data = data;
    this.links = cut(linesOf(read, data.links.lines), read(data.links.lines.parts));
    this.linkBoxes = this.links.map((parts) => L.latLngBounds(parts.flat()));
    this.places = pointsOf(read, data.places);
    this.towns = data.places.id.map((_, number) => number).filter((number) => atlas.kindOf[number] === "city");
    this.mode = atlas.read(data.links.mode);
    /* neighbours share their arcs, with all points or with those that are seen from afar */
    const arcs = linesOf(read, data.borders);
    const marks = cut(read(data.borders.from_afar), read(data.borders.points));
    const few = arcs.map((arc, number) => arc.filter((_, at) => marks[number][at] === 1));
    this.states = data.states.map((state) => {
      const [rings, afar] = [arcs, few].map((each) => state.area.map((part) => part.map((chain) => joinArcs(each, chain))));
      return { ...state, rings, afar, area: prepareArea(rings) };
    });
    this.#prepare();
  }

  #pane(name, level) {
    this.map.createPane(name).style.zIndex = level;
    this.map.getPane(name).style.pointerEvents = "none";
    return name;
  }

  #prepare() {
    const { map } = this;
    const net = this.#pane("cac-network", 410);
    this.networkOptions = { pane: net, renderer: L.canvas({ pane: net, padding: 0.4 }), interactive: false };
    const way = this.#pane("cac-way", 420);
    this.wayOptions = { pane: way, renderer: L.svg({ pane: way, padding: 0.4 }), interactive: false };
    this.#pane("cac-labels", 590);
    map.getContainer().prepend(map.getContainer().querySelector(".leaflet-control-container"));  /* zoom comes before the stops */
    this.network = L.layerGroup().addTo(map);
    this.way = L.layerGroup().addTo(map);
    this.stops = L.layerGroup().addTo(map);
    this.labels = L.layerGroup().addTo(map);
    this.world = [...this.linkBoxes, ...this.states.flatMap(({ rings }) => rings.flat(2))]
      .reduce((all, part) => all.extend(part), L.latLngBounds([]));
    if (this.world.isValid()) {
      const hold = () => map.setMinZoom(0).setMinZoom(map.getBoundsZoom(this.world.pad(0.1)));  /* there is nothing farther out */
      hold();
      map.on("resize", hold);
    }
    this.drawnLinks = "";
  }

  /* Draw the states, once: when the first view is set, so that they need not be drawn again for it. */
  drawGround() {
    if (this.ground) { return; }
    this.ground = L.svg({ padding: 0.4 });
    this.isNear = this.map.getZoom() >= FINE_FROM;
    /* Leaflet would thin out the two sides of a border each in its own way */
    const style = { className: "cac-state", smoothFactor: 0, renderer: this.ground, interactive: false };
    this.states.forEach((state) => {
      state.shape = L.polygon(this.isNear ? state.rings : state.afar, style).addTo(this.map);
      state.shape.getElement().dataset.state = state.id;
    });
    this.map.on("zoomend", () => this.#refine());
    this.#drawEdge();
    if (this.world.isValid()) { this.map.setMaxBounds(this.world.pad(0.4)); }
  }

  /* Take the outlines for a map that has come near, or is seen from afar again. */
  #refine() {
    const isNear = this.map.getZoom() >= FINE_FROM;
    if (isNear === this.isNear) { return; }
    this.isNear = isNear;
    this.states.forEach(({ shape, rings, afar }) => shape.setLatLngs(isNear ? rings : afar));
  }

  /* What lies outside the picture of the states is neither land nor sea: it is not drawn, and land and sea fade
     towards it, so that nothing looks as if it ended there. */
  #drawEdge() {
    const bounds = this.states.reduce((all, { rings }) => all.extend(rings.flat(2)), L.latLngBounds([]));
    if (!bounds.isValid()) { return; }
    const [{ lat: south, lng: west }, { lat: north, lng: east }] = [bounds.getSouthWest(), bounds.getNorthEast()];
    const reach = FADE * Math.min(north - south, east - west);
    const ring = (by) => [[south + by, west + by], [north - by, west + by], [north - by, east - by], [south + by, east - by]];
    const outside = [[-85, -720], [85, -720], [85, 720], [-85, 720]];
    /* of layers whose opacity is 1, 1/2, 1/3 ... of so many, each lets the same share more through */
    for (let step = 1; step <= FADE_STEPS; step += 1) {
      const style = { className: "cac-outside", fillOpacity: 1 / step, renderer: this.ground, interactive: false };
      L.polygon([outside, ring(reach * (EDGE + (step - 1) / FADE_STEPS))], style).addTo(this.map);
    }
  }

  /* ---------------------------------------------------------------- drawing */

  /* Draw the lines of the network that are there, thinly; closed ones are dashed. */
  drawNetwork(open, closed) {
    const key = `${open.join()}/${closed.join()}`;
    if (key === this.drawnLinks) { return; }
    this.drawnLinks = key;
    this.openLinks = open;
    this.closedLinks = closed;
    this.network.clearLayers();
    const lines = (links) => links.flatMap((link) => this.links[link]);
    const style = { color: "#77736a", weight: 1, opacity: 0.75, smoothFactor: 2 };
    this.network.addLayer(L.polyline(lines(open), { ...this.networkOptions, ...style }));
    const cut = { color: "#8c1d18", weight: 3, dashArray: "3 6", opacity: 1 };
    this.network.addLayer(L.polyline(lines(closed), { ...this.networkOptions, ...cut }));
  }

  /* Colour the states: a relation, and a class of price, by number. */
  colourStates(relations) {
    this.states.forEach((state, number) => {
      const { dataset } = state.shape.getElement();
      const relation = relations.get(number) || "other";
      if (dataset.relation !== relation) { dataset.relation = relation; }
    });
  }

  /* Draw the way: a halo, the stretches of each mode in its look, dots inside where its hours are assumed. */
  drawWay(stretches) {
    this.way.clearLayers();
    const draw = (some, style) => {
      const line = L.polyline(some.flatMap(({ link }) => this.links[link]), { ...this.wayOptions, ...style });
      if (some.length > 0) { this.way.addLayer(line); }
      return line;
    };
    draw(stretches, { color: "#ffffff", weight: 8, opacity: 0.95 });
    [...new Set(stretches.map(({ link }) => this.mode[link]))].forEach((mode) => {
      const { id, colour, dash } = this.data.modes[mode];
      const own = stretches.filter(({ link }) => this.mode[link] === mode);
      const look = { color: colour, weight: 4.5, dashArray: dash, lineCap: "butt", className: "cac-line" };
      draw(own, look).getElement().dataset.mode = id;
    });
    const assumed = { color: "#ffffff", weight: 1.6, dashArray: "2 5", className: "cac-assumed" };
    draw(stretches.filter((stretch) => stretch.isAssumed), assumed);
  }

  /* Draw the stops of the way as buttons, in its order: { place, kind, label, act }; of those that would overlap
     the first of STOPS. */
  drawStops(stops) {
    this.stops.clearLayers();
    const taken = [];
    const drawn = [...stops].sort((one, other) => STOPS.indexOf(one.kind) - STOPS.indexOf(other.kind)).filter(({ place }) => {
      const point = this.map.latLngToContainerPoint(this.places[place]);
      return taken.every((other) => other.distanceTo(point) >= STOP_PX) && taken.push(point);
    });
    stops.filter((stop) => drawn.includes(stop)).forEach(({ place, kind, label, act }) => {
      const icon = L.divIcon({ className: `cac-stop cac-${kind}`, iconSize: [STOP_PX, STOP_PX], html: element("span", "cac-mark") });
      const marker = L.marker(this.places[place], { icon, title: label, alt: label, keyboard: true });
      if (act) { marker.on("click keypress", (event) => { if (isAct(event)) { act(); } }); }
      this.stops.addLayer(marker);
      const node = marker.getElement();
      node.setAttribute("aria-label", label);
      if (!act) { node.tabIndex = -1; node.setAttribute("role", "img"); }
    });
  }

  boundsOf(links) { return links.reduce((all, link) => all.extend(this.linkBoxes[link]), L.latLngBounds([])); }

  /* Show the whole of some links (null: of all, at the start); a view that has them large enough stays. */
  fit(links) {
    if (links === null) {
      if (!this.isFitted && this.world.isValid()) { this.map.fitBounds(this.world, REST); }
      this.isFitted = true;
      return;
    }
    const isFirst = !this.isFitted;
    this.isFitted = true;
    const bounds = this.boundsOf(links);
    if (!bounds.isValid()) { return; }
    const isSeen = this.map.getBounds().contains(bounds) && this.map.getBoundsZoom(bounds) - this.map.getZoom() < 1.5;
    if (isSeen && !isFirst) { return; }
    this.map.fitBounds(bounds, { ...REST, paddingTopLeft: [64, 40], paddingBottomRight: [40, 40], maxZoom: 8 });  /* clear of the buttons */
  }

  /* ---------------------------------------------------------------- taps */

  /* What lies at a point of the map: a town, a line or a state, the first that is near enough. */
  at(latlng) {
    const point = this.map.latLngToContainerPoint(latlng);
    const away = (place) => this.map.latLngToContainerPoint(this.places[place]).distanceTo(point);
    const town = least(this.towns, away);
    if (town.value < REACH_PX) { return { kind: "town", number: town.item }; }
    const shown = [...(this.openLinks || []), ...(this.closedLinks || [])];
    const near = shown.filter((link) => this.linkBoxes[link].pad(0.2).contains(latlng));
    const line = least(near, (link) => this.#pixelsFrom(link, point));
    if (line.value < REACH_PX) { return { kind: "link", number: line.item }; }
    const state = this.states.findIndex(({ area }) => isInside(area, latlng));
    return state < 0 ? null : { kind: "state", number: state };
  }

  #pixelsFrom(link, point) {
    return Math.min(...this.links[link].map((points) => {
      return nearestOnLine(points.map((each) => this.map.latLngToContainerPoint(each)), point);
    }));
  }
}

const isAct = (event) => event.type === "click" || ["Enter", " "].includes(event.originalEvent.key);

const least = (items, measure) => items.reduce((best, item) => {
  const value = measure(item);
  return value < best.value ? { item, value } : best;
}, { item: null, value: Infinity });
