/* The explorer, part 3 of 10: ground and lines. */

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
const leaderPane = pane("cac-leaders", 585);
map.createPane("cac-labels").style.zIndex = 590;
["cac-labels", "cac-leaders"].forEach((name) => { map.getPane(name).style.pointerEvents = "none"; });
const [secondLayer, routeLayer, stopLayer, labelLayer] = [1, 2, 3, 4].map(() => L.layerGroup().addTo(map));

// ---------------------------------------------------------------- sea, coast, states

const links = data.links.map((link) => ({ ...link, points: link.lines.map(decode) }));
const relations = {};
const ground = L.svg({ padding: 0.5 });
const FINE_FROM = 6;  /* the zoom from which the finer outlines are drawn */
const shapeOf = (state, area) => {
  const options = { className: "cac-state", smoothFactor: 0.6, renderer: ground, bubblingMouseEvents: false };
  const shape = L.polygon(area.map((part) => part.map(decode)), options);
  shape.bindTooltip(() => tip(nameOf(state), t(RELATIONS[relations[state.id]])), { sticky: true });
  shape.on("click", (event) => openCard(event.latlng, stateCard(state), nameOf(state)));
  return shape;
};
const states = data.states.map((state) => ({
  ...state,
  shape: shapeOf(state, state.area),
  fine: state.fine ? shapeOf(state, state.fine) : null,
  rings: state.area.flat().map(decode),
}));
const world = states.reduce((bounds, state) => bounds.extend(state.shape.getBounds()), L.latLngBounds([]));

const drawStates = () => {
  const still = { interactive: false, renderer: ground };
  if (world.isValid()) { outOfTabOrder(L.rectangle(world, { ...still, className: "cac-sea" }).addTo(map)); }
  outOfTabOrder(L.polygon(states.map((state) => state.rings), { ...still, className: "cac-coast" }).addTo(map));
  states.forEach((state) => {
    state.shape.addTo(map);
    outOfTabOrder(state.shape).dataset.state = state.id;
  });
};

const paint = (state, shape) => {
  const element = outOfTabOrder(shape);
  element.dataset.state = state.id;
  element.dataset.relation = relations[state.id];
  element.toggleAttribute("data-second", Boolean(state.second));
  if (relations[state.id] !== "other" || state.second) { element.parentNode.append(element); }
};

const colourStates = () => {
  const way = wayDrawn(view.route);
  const relation = { ...way, bypassed: answerOf(view.route).bypassed || [] };
  const second = view.second < 0 ? [] : wayDrawn(view.second).crossed;
  states.forEach((state) => {
    relations[state.id] = ["crossed", "touched", "bypassed"].find((name) => relation[name].includes(state.id)) || "other";
    state.second = second.includes(state.id) && !way.crossed.includes(state.id);
    paint(state, state.shape);
  });
  states.forEach((state) => { if (state.fine && map.hasLayer(state.fine)) { paint(state, state.fine); } });
};

/* Finer outlines of the states that the routes meet, over the coarse ones, so that no gap opens. */
const refine = () => {
  const near = map.getZoom() >= FINE_FROM;
  states.filter((state) => state.fine).forEach((state) => {
    if (near && !map.hasLayer(state.fine)) {
      state.fine.addTo(map);
      paint(state, state.fine);
    } else if (!near) { state.fine.remove(); }
  });
};

// ---------------------------------------------------------------- lines of other routes

/* A link's status in the year chosen: o open, c under construction, p planned, x gone. */
const statusOf = (link) => link.status[view.year];
const OPENINGS = { c: "under construction", p: "planned", o: "", x: "no more" };
const linkTip = (index) => () => {
  const link = links[index];
  const facts = [t(data.modes[link.mode].label), withUnit(link.km, "km")];
  const letter = statusOf(link);
  if (letter !== "o") { facts.push(t(OPENINGS[letter])); }
  if (letter !== "o" && link.opened) { facts.push(fill("expected {year}", { year: link.opened })); }
  return tip(link.ends.map((end) => nameOf(data.places[end])).join(" \u2013 "), facts.join(LISTS[view.language]));
};
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
    line.addTo(map).bindTooltip(linkTip(index), { sticky: true });
    line.on("click", () => { choose(nextUser(index)); });
    outOfTabOrder(line);
  });
};

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

const endsOf = (index) => [...links[index].ends].sort().join("-");
const linesBeside = (index, shift) => links[index].points.map((points) => (shift ? aside(points, shift) : points));

/* Links of the routes of this comparison that the chosen one does not run on itself. */
const rivalLinks = () => {
  const group = data.routes[view.route].group;
  const own = new Set([view.route, view.second].filter((n) => n >= 0).flatMap((n) => wayDrawn(n).links));
  const shown = new Set();
  data.routes.forEach((route, number) => {
    if (route.group === group) { wayDrawn(number).links.filter((index) => !own.has(index)).forEach((index) => shown.add(index)); }
  });
  return shown;
};

const styleRivals = () => {
  const shown = rivalLinks();
  const taken = new Set(wayDrawn(view.route).links.map(endsOf));
  rivalLines.forEach((line, index) => {
    const element = line.getElement();
    const letter = statusOf(links[index]);
    element.style.display = shown.has(index) && letter !== "x" ? "" : "none";
    element.dataset.status = letter;
    if (shown.has(index)) { line.setLatLngs(linesBeside(index, taken.has(endsOf(index)) ? APART : 0)); }
  });
};

// ---------------------------------------------------------------- the route compared with, and the chosen one

const drawSecond = () => {
  secondLayer.clearLayers();
  if (view.second < 0) { return; }
  const way = wayDrawn(view.second);
  const taken = new Set(wayDrawn(view.route).links.map(endsOf));
  const looks = [["cac-second-halo", 8.5], ["cac-second", 5], ["cac-second-beads", 2.4]];
  looks.forEach(([className, weight]) => way.links.forEach((index) => {
    const shape = linesBeside(index, taken.has(endsOf(index)) ? -APART : 0);
    const line = L.polyline(shape, { ...secondPane, className, weight, interactive: className === "cac-second" });
    line.addTo(secondLayer).bindTooltip(linkTip(index), { sticky: true });
    line.on("click", () => { choose(view.second); });
    outOfTabOrder(line);
  }));
};

const drawLine = () => {
  routeLayer.clearLayers();
  const own = wayDrawn(view.route).links;
  own.forEach((index) => {
    outOfTabOrder(L.polyline(links[index].points, { ...routePane, className: "cac-halo", interactive: false }).addTo(routeLayer));
  });
  own.forEach((index) => {
    const link = links[index];
    const mode = data.modes[link.mode];
    const style = { className: "cac-line", color: mode.colour, weight: 4, opacity: 1, dashArray: mode.dash || null, lineCap: "butt" };
    const line = L.polyline(link.points, { ...routePane, ...style }).addTo(routeLayer);
    line.bindTooltip(linkTip(index), { sticky: true });
    outOfTabOrder(line).dataset.mode = link.mode;
    if (statusOf(link) !== "o") {
      const hollow = { className: "cac-hollow", weight: 2, interactive: false };
      outOfTabOrder(L.polyline(link.points, { ...routePane, ...hollow }).addTo(routeLayer));
    }
  });
};
