/* The explorer, part 2 of 5: states, lines and stops. */

/* Shapes are for the mouse: the keyboard has the list and the stops. */
const outOfTabOrder = (shape) => {
  const element = shape.getElement();
  element.setAttribute("tabindex", "-1");
  return element;
};

const pane = (name, level) => {
  map.createPane(name).style.zIndex = level;
  return { pane: name, renderer: L.svg({ pane: name, padding: 0.5 }) };
};

const rivalPane = pane("cac-rivals", 410);
const secondPane = pane("cac-seconds", 415);
const routePane = pane("cac-chosen", 420);
map.createPane("cac-labels").style.zIndex = 590;
map.getPane("cac-labels").style.pointerEvents = "none";
const secondLayer = L.layerGroup().addTo(map);
const routeLayer = L.layerGroup().addTo(map);
const stopLayer = L.layerGroup().addTo(map);
const labelLayer = L.layerGroup().addTo(map);

const links = data.links.map((link) => ({ ...link, points: link.lines.map(decode) }));
const relations = {};
const ground = L.svg({ padding: 0.5 });
const states = data.states.map((state) => {
  const area = state.area.map((part) => part.map(decode));
  return { ...state, shape: L.polygon(area, { className: "cac-state", smoothFactor: 0.6, renderer: ground }) };
});

const drawStates = () => {
  states.forEach((state) => {
    state.shape.addTo(map);
    state.shape.bindTooltip(() => tip(state.name, RELATIONS[relations[state.id]]), { sticky: true });
    outOfTabOrder(state.shape).dataset.state = state.id;
  });
};

/* A link's status in the year chosen: o open, c under construction, p planned, x gone. */
const statusOf = (link) => link.status[view.year];

const rivalLines = links.map((link) => L.polyline(link.points, { ...rivalPane, className: "cac-rival", weight: 2 }));

/* A click on a line chooses the next route that uses it, among those it is compared with. */
const nextUser = (index) => {
  const count = data.routes.length;
  const order = Array.from({ length: count }, (_, step) => (view.route + 1 + step) % count);
  return order.find((n) => {
    return wayDrawn(n).links.includes(index) && data.routes[n].group === data.routes[view.route].group;
  });
};

const drawRivals = () => {
  rivalLines.forEach((line, index) => {
    line.addTo(map).bindTooltip(() => tip(links[index].name, links[index].facts), { sticky: true });
    line.on("click", () => { choose(nextUser(index)); });
    outOfTabOrder(line);
  });
};

// ---------------------------------------------------------------- lines side by side

const APART = 7;  /* pixels between lines that would hide each other */

/* Move a line sideways by pixels at this zoom: each point along the mean of the normals beside it. */
const aside = (points, pixels) => {
  const flat = points.map((point) => map.project(point));
  const normals = flat.slice(1).map((end, i) => {
    const step = end.subtract(flat[i]);
    const length = Math.hypot(step.x, step.y) || 1;
    return L.point(step.y / length, -step.x / length);
  });
  return flat.map((point, i) => {
    const sum = (normals[i - 1] || normals[i]).add(normals[i] || normals[i - 1]);
    const length = Math.hypot(sum.x, sum.y) || 1;
    return map.unproject(point.add(sum.multiplyBy(pixels / length)));
  });
};

const endsOf = (index) => links[index].ends.join("-");
const linesBeside = (index, shift) => links[index].points.map((points) => (shift ? aside(points, shift) : points));

/* Lines of other routes: those of this comparison under these conditions, and what is not open yet. */
const styleRivals = () => {
  const group = data.routes[view.route].group;
  const shown = new Set();
  const others = new Set();
  data.routes.forEach((route, number) => {
    if (route.group !== group) { return; }
    wayDrawn(number).links.forEach((index) => {
      shown.add(index);
      if (number !== view.route && number !== view.second) { others.add(index); }
    });
  });
  const taken = new Set(wayDrawn(view.route).links.map(endsOf));
  rivalLines.forEach((line, index) => {
    const element = line.getElement();
    const letter = statusOf(links[index]);
    element.style.display = shown.has(index) && letter !== "x" ? "" : "none";
    element.dataset.status = letter;
    line.setLatLngs(linesBeside(index, others.has(index) && taken.has(endsOf(index)) ? APART : 0));
  });
};

const drawSecond = () => {
  secondLayer.clearLayers();
  if (view.second < 0) { return; }
  const way = wayDrawn(view.second);
  const taken = new Set(wayDrawn(view.route).links.map(endsOf));
  ["cac-second-halo", "cac-second"].forEach((className) => way.links.forEach((index) => {
    const shape = linesBeside(index, taken.has(endsOf(index)) ? -APART : 0);
    const line = L.polyline(shape, { ...secondPane, className, weight: className === "cac-second" ? 3.5 : 7 });
    line.addTo(secondLayer).bindTooltip(() => tip(links[index].name, links[index].facts), { sticky: true });
    line.on("click", () => { choose(view.second); });
    outOfTabOrder(line);
  }));
};

const drawLine = () => {
  routeLayer.clearLayers();
  const own = wayDrawn(view.route).links.map((index) => links[index]);
  own.forEach((link) => {
    outOfTabOrder(L.polyline(link.points, { ...routePane, className: "cac-halo", interactive: false }).addTo(routeLayer));
  });
  own.forEach((link) => {
    const mode = data.modes[link.mode];
    const style = { className: "cac-line", color: mode.colour, weight: 4, opacity: 1, dashArray: mode.dash || null, lineCap: "butt" };
    const line = L.polyline(link.points, { ...routePane, ...style }).addTo(routeLayer);
    line.bindTooltip(() => tip(link.name, link.facts), { sticky: true });
    outOfTabOrder(line).dataset.mode = link.mode;
    if (statusOf(link) !== "o") {
      const hollow = { className: "cac-hollow", weight: 2, interactive: false };
      outOfTabOrder(L.polyline(link.points, { ...routePane, ...hollow }).addTo(routeLayer));
    }
  });
};

const colourStates = () => {
  const way = wayOf(view.route) || { crossed: [], touched: [] };
  const relation = { ...way, bypassed: answerOf(view.route).bypassed || [] };
  states.forEach((state) => {
    const known = ["crossed", "touched", "bypassed"].find((name) => relation[name].includes(state.id));
    relations[state.id] = known || "other";
    const element = state.shape.getElement();
    element.dataset.relation = relations[state.id];
    if (known) { element.parentNode.append(element); }
  });
};

// ---------------------------------------------------------------- stops

let posts = [];
let openStop = null;

/* The stops of the chosen route under these conditions with their standing times; of no route, the ends. */
const stopsNow = () => {
  const standing = answerOf(view.route).facts;
  const stops = wayDrawn(view.route).stops.filter(([, bits]) => standing || bits & END);
  return stops.map(([place, bits], i) => ({
    place: data.places[place],
    end: Boolean(bits & END),
    border: Boolean(standing && bits & BORDER),
    transfer: Boolean(standing && bits & TRANSFER),
    facts: standing ? standing[i].map((fact) => data.facts[fact]) : [],
  }));
};

const kindOf = (stop) => {
  if (stop.place.kind === "port") { return "port"; }
  if (stop.border) { return "border"; }
  return stop.end || stop.transfer || stop.place.kind !== "junction" ? "hub" : "";
};

const icon = (post) => {
  const box = make("div");
  const svg = draw("svg", { width: 24, height: 24, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" });
  const add = (name, className, shape) => svg.append(draw(name, { class: "cac-mark " + className, ...shape }));
  if (post.transfer) { add("path", "cac-transfer", { d: "M12 0.5L23.5 12L12 23.5L0.5 12Z" }); }
  if (post.kind === "border") { add("rect", "cac-border", { x: 7, y: 7, width: 10, height: 10 }); }
  if (post.kind === "port") { add("path", "cac-port", { d: "M12 5L18.5 17H5.5Z" }); }
  if (post.kind === "hub" && post.end) { add("circle", "cac-hub", { cx: 12, cy: 12, r: 6 }); }
  if (post.kind === "hub" && !post.end) { add("circle", "cac-dot", { cx: 12, cy: 12, r: post.transfer ? 4 : 3.2 }); }
  box.append(svg);
  return L.divIcon({ html: box, className: "cac-stop", iconSize: [24, 24] });
};

const factTable = (facts) => {
  const rows = make("table");
  facts.forEach(([what, cause, hours, range, basis]) => {
    const row = rows.insertRow();
    const head = make("th", "", what);
    head.scope = "row";
    if (cause) { head.append(make("small", "cac-cause", "for " + cause)); }
    head.append(make("small", "", data.texts[basis]));
    const cell = make("td", "", hours);
    cell.append(make("small", "", range));
    row.append(head, cell);
  });
  return rows;
};

const card = (post) => () => {
  const element = make("div", "cac-card");
  post.stops.forEach((stop) => {
    const head = make("h2", "", nameOf(stop.place));
    head.lang = languageOf(stop.place);
    const other = nameOf(stop.place) === stop.place.name ? "" : stop.place.name + " \u00b7 ";
    element.append(head, make("p", "", other + stop.place.about));
    if (stop.facts.length) { element.append(factTable(stop.facts)); }
  });
  return element;
};

/* Stops too near to be told apart at this zoom share one mark: the two posts of a border, mostly. */
const gather = (stops) => {
  const weight = (stop) => (stop.end ? -3 : 0) + (stop.facts.length ? 0 : 1) + (stop.transfer ? 0 : 0.5);
  const found = [];
  stops.filter(kindOf).sort((a, b) => weight(a) - weight(b)).forEach((stop) => {
    const at = map.latLngToLayerPoint(stop.place.at);
    const near = found.find((post) => post.at.distanceTo(at) < 25);
    if (near) { near.stops.push(stop); } else { found.push({ at, stops: [stop] }); }
  });
  return found.map(({ stops: near }) => {
    const lead = near[0];
    const inOrder = stops.filter((stop) => near.includes(stop));
    const transfer = near.some((stop) => stop.transfer);
    return { kind: kindOf(lead), end: lead.end, transfer, place: lead.place, stops: inOrder };
  });
};

const drawStops = () => {
  stopLayer.clearLayers();
  posts = gather(stopsNow());
  posts.forEach((post) => {
    const rank = (post.end ? 300 : 0) + (post.kind === "hub" ? 0 : 200);
    const marker = L.marker(post.place.at, { icon: icon(post), keyboard: true, zIndexOffset: rank }).addTo(stopLayer);
    const places = post.stops.map((stop) => stop.place);
    marker.bindPopup(card(post), { maxWidth: 300, minWidth: 200, maxHeight: 340 });
    marker.bindTooltip(() => tip(places.map(nameOf).join(", "), post.place.about), { direction: "top", offset: [0, -8] });
    marker.getElement().setAttribute("aria-label", places.map((place) => nameOf(place) + ", " + place.about).join("; "));
    marker.getElement().dataset.kind = post.kind;
    marker.on("popupopen", () => { openStop = marker; marker.closeTooltip(); });
    marker.on("popupclose", () => { openStop = null; });
  });
};
