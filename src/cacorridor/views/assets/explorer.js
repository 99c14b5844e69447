/* The explorer: chooses a route, recolours states, draws its line, stops and labels.
 * Data come from one JSON block and reach the page through textContent only.
 * ASCII only: the policy of the page names this text by its hash. */
(() => {
  "use strict";

  const block = document.getElementById("cac-data");
  const mapNode = document.querySelector(".folium-map");
  if (!block || !mapNode) { return; }
  const data = JSON.parse(block.textContent);
  const map = window[mapNode.id];
  const choice = document.getElementById("cac-choice");
  const status = document.getElementById("cac-status");
  const panel = document.getElementById("cac-panel");
  const articles = [...panel.querySelectorAll(".cac-route")];
  const RELATIONS = { crossed: "crossed", touched: "touched without a border stop", bypassed: "bypassed", other: "" };
  const SVG = "http://www.w3.org/2000/svg";
  const REST = { animate: false };
  let chosen = 0;
  let openStop = null;
  let posts = [];

  // ---------------------------------------------------------------- small tools

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  };

  const draw = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };

  /* A line as text: differences of thousandths of a degree, five bits a letter, sign in the lowest bit. */
  const decode = (text) => {
    const points = [];
    let at = 0;
    const next = () => {
      let value = 0;
      let shift = 0;
      let bits;
      do {
        bits = text.charCodeAt(at) - 63;
        at += 1;
        value |= (bits & 31) << shift;
        shift += 5;
      } while (bits >= 32);
      return (value & 1) ? ~(value >> 1) : value >> 1;
    };
    let lat = 0;
    let lon = 0;
    while (at < text.length) {
      lat += next();
      lon += next();
      points.push([lat / 1000, lon / 1000]);
    }
    return points;
  };

  const tip = (title, text) => () => {
    const element = make("div", "cac-tip");
    element.append(make("strong", "", title));
    if (text) { element.append(make("span", "", text)); }
    return element;
  };

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

  // ---------------------------------------------------------------- ground

  const rivalPane = pane("cac-rivals", 410);
  const routePane = pane("cac-chosen", 420);
  map.createPane("cac-labels").style.zIndex = 590;
  map.getPane("cac-labels").style.pointerEvents = "none";
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
      state.shape.bindTooltip(() => tip(state.name, RELATIONS[relations[state.id]])(), { sticky: true });
      outOfTabOrder(state.shape).dataset.state = state.id;
    });
  };

  const rivalLines = links.map((link) => L.polyline(link.points, { ...rivalPane, className: "cac-rival", weight: 2 }));

  /* A click on a line chooses the next route that uses it, among those it is compared with. */
  const nextUser = (index) => {
    const count = data.routes.length;
    const order = Array.from({ length: count }, (_, step) => (chosen + 1 + step) % count);
    return order.find((n) => data.routes[n].links.includes(index) && data.routes[n].group === data.routes[chosen].group);
  };

  const drawRivals = () => {
    rivalLines.forEach((line, index) => {
      line.addTo(map).bindTooltip(tip(links[index].name, links[index].facts), { sticky: true });
      line.on("click", () => choose(nextUser(index)));
      outOfTabOrder(line);
    });
  };

  const setUp = () => {
    document.documentElement.classList.add("cac-live");
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution(mapNode.parentNode.dataset.attribution);
    L.control.scale({ imperial: false }).addTo(map);
    map.getContainer().setAttribute("aria-label", "Map; arrow keys move it, plus and minus zoom");
    const world = states.reduce((bounds, state) => bounds.extend(state.shape.getBounds()), L.latLngBounds([]));
    if (world.isValid()) {
      map.fitBounds(world, REST);  /* first, or the limits below would start an animation to keep to them */
      map.setMaxBounds(world.pad(0.15));
      map.setMinZoom(Math.max(1, Math.floor(map.getBoundsZoom(world))));
    }
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      const move = map.panBy;
      map.panBy = (offset, options) => move.call(map, offset, { ...options, ...REST });
      map.options.inertia = false;
    }
  };

  // ---------------------------------------------------------------- the chosen route

  const colourStates = (route) => {
    states.forEach((state) => {
      const found = ["crossed", "touched", "bypassed"].find((relation) => route[relation].includes(state.id));
      relations[state.id] = found || "other";
      const element = state.shape.getElement();
      element.dataset.relation = relations[state.id];
      if (found) { element.parentNode.append(element); }
    });
  };

  const drawLine = (route) => {
    routeLayer.clearLayers();
    rivalLines.forEach((line, index) => {
      line.getElement().style.display = data.groups[route.group].includes(index) ? "" : "none";
    });
    const own = route.links.map((index) => links[index]);
    own.forEach((link) => {
      outOfTabOrder(L.polyline(link.points, { ...routePane, className: "cac-halo", interactive: false }).addTo(routeLayer));
    });
    own.forEach((link) => {
      const mode = data.modes[link.mode];
      const style = { className: "cac-line", color: mode.colour, weight: 4, opacity: 1, dashArray: mode.dash || null, lineCap: "butt" };
      const line = L.polyline(link.points, { ...routePane, ...style }).addTo(routeLayer);
      line.bindTooltip(tip(link.name, link.facts), { sticky: true });
      outOfTabOrder(line).dataset.mode = link.mode;
      if (!link.open) {
        const hollow = { className: "cac-hollow", weight: 2, interactive: false };
        outOfTabOrder(L.polyline(link.points, { ...routePane, ...hollow }).addTo(routeLayer));
      }
    });
  };

  const kindOf = (stop) => {
    if (data.places[stop.place].kind === "port") { return "port"; }
    if (stop.border) { return "border"; }
    return stop.end || stop.transfer || data.places[stop.place].kind !== "junction" ? "hub" : "";
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
    facts.forEach((fact) => {
      const row = rows.insertRow();
      const head = make("th", "", fact.what);
      head.scope = "row";
      head.append(make("small", "", fact.basis));
      const cell = make("td", "", fact.hours);
      cell.append(make("small", "", fact.range));
      row.append(head, cell);
    });
    return rows;
  };

  const card = (post) => () => {
    const element = make("div", "cac-card");
    post.stops.forEach((stop) => {
      const place = data.places[stop.place];
      element.append(make("h3", "", place.name), make("p", "", place.about));
      if (stop.facts.length) { element.append(factTable(stop.facts)); }
    });
    return element;
  };

  /* Stops too near to be told apart at this zoom share one mark: the two posts of a border, mostly. */
  const gather = (route) => {
    const weight = (stop) => (stop.end ? -3 : 0) + (stop.facts.length ? 0 : 1) + (stop.transfer ? 0 : 0.5);
    const found = [];
    route.stops.filter(kindOf).sort((a, b) => weight(a) - weight(b)).forEach((stop) => {
      const at = map.latLngToLayerPoint(data.places[stop.place].at);
      const near = found.find((post) => post.at.distanceTo(at) < 25);
      if (near) { near.stops.push(stop); } else { found.push({ at, stops: [stop] }); }
    });
    return found.map(({ stops }) => {
      const lead = stops[0];
      const inOrder = route.stops.filter((stop) => stops.includes(stop));
      const transfer = stops.some((stop) => stop.transfer);
      return { kind: kindOf(lead), end: lead.end, transfer, place: data.places[lead.place], stops: inOrder };
    });
  };

  const drawStops = () => {
    stopLayer.clearLayers();
    posts = gather(data.routes[chosen]);
    posts.forEach((post) => {
      const rank = (post.end ? 300 : 0) + (post.kind === "hub" ? 0 : 200);
      const marker = L.marker(post.place.at, { icon: icon(post), keyboard: true, zIndexOffset: rank }).addTo(stopLayer);
      const names = post.stops.map((stop) => data.places[stop.place]);
      marker.bindPopup(card(post), { maxWidth: 300, minWidth: 200, maxHeight: 340 });
      marker.bindTooltip(tip(names.map((place) => place.name).join(", "), post.place.about), { direction: "top", offset: [0, -8] });
      marker.getElement().setAttribute("aria-label", names.map((place) => place.name + ", " + place.about).join("; "));
      marker.getElement().dataset.kind = post.kind;
      marker.on("popupopen", () => { openStop = marker; marker.closeTooltip(); });
      marker.on("popupclose", () => { openStop = null; });
    });
  };

  // ---------------------------------------------------------------- labels

  const pen = document.createElement("canvas").getContext("2d");
  const widthOf = (text, weight) => {
    pen.font = weight + " 12.5px " + getComputedStyle(document.body).fontFamily;
    return pen.measureText(text).width + 4;
  };

  const free = (box, taken) => taken.every(
    (other) => box[2] <= other[0] || box[0] >= other[2] || box[3] <= other[1] || box[1] >= other[3]
  );

  const framed = (box) => {
    const size = map.getSize();
    return box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 16;
  };

  const label = (at, text, className, shift) => {
    const box = make("div");
    const span = make("span", className, text);
    span.style.left = shift + "px";
    box.append(span);
    const options = { icon: L.divIcon({ html: box, className: "cac-label", iconSize: [0, 0] }), pane: "cac-labels" };
    L.marker(at, { ...options, interactive: false, keyboard: false }).addTo(labelLayer);
  };

  const labelPlaces = (taken) => {
    posts.forEach(({ place }) => {
      const at = map.latLngToContainerPoint(place.at);
      const width = widthOf(place.name, 650);
      const right = [at.x + 10, at.y - 9, at.x + 14 + width, at.y + 9];
      const left = [at.x - 14 - width, at.y - 9, at.x - 10, at.y + 9];
      const side = [right, left].find((box) => framed(box) && free(box, taken));
      if (!side) { return; }
      taken.push(side);
      label(place.at, place.name, side === right ? "cac-place cac-right" : "cac-place cac-left", side === right ? 13 : -13);
    });
  };

  /* Boxes along the chosen line, so that no state's name is struck through. */
  const lineBoxes = (route) => route.links.flatMap((index) => links[index].points.flatMap((points) => {
    const pixels = points.map((point) => map.latLngToContainerPoint(point));
    return pixels.slice(1).flatMap((end, i) => {
      const start = pixels[i];
      const count = Math.min(60, Math.ceil(start.distanceTo(end) / 10));
      return Array.from({ length: count }, (_, k) => {
        const at = start.add(end.subtract(start).multiplyBy(k / count));
        return [at.x - 3, at.y - 3, at.x + 3, at.y + 3];
      });
    });
  }));

  const inside = (state, at) => state.shape.getLatLngs().some((part) => part.reduce((odd, ring) => ring.reduce((odd2, a, i) => {
    const b = ring[(i + 1) % ring.length];
    const crosses = (a.lat > at.lat) !== (b.lat > at.lat);
    return crosses && at.lng < a.lng + (b.lng - a.lng) * (at.lat - a.lat) / (b.lat - a.lat) ? !odd2 : odd2;
  }, odd), false));

  /* Where a state's name may stand: at its widest point, near it, or anywhere in what is seen of it. */
  function* spots(state, room) {
    const middle = map.latLngToContainerPoint(state.at);
    for (const dy of [0, -16, 16, -32, 32]) {
      if (Math.abs(dy) < Math.max(room, 17)) { yield middle.add([0, dy]); }
    }
    if (relations[state.id] === "other") { return; }
    const size = map.getSize();
    for (let row = 1; row < 10; row += 1) {
      for (let column = 1; column < 8; column += 1) {
        const spot = L.point(size.x * column / 8, size.y * row / 10);
        if ([-30, 30].every((dx) => inside(state, map.containerPointToLatLng(spot.add([dx, 0]))))) { yield spot; }
      }
    }
  }

  const labelStates = (taken) => {
    const scale = 256 * 2 ** map.getZoom() / 360;
    const ranked = [...states].sort((a, b) => (relations[a.id] === "other") - (relations[b.id] === "other") || b.room - a.room);
    ranked.forEach((state) => {
      const width = widthOf(state.name, 400);
      const room = state.room * scale;
      if (2 * room < width * (relations[state.id] === "other" ? 0.5 : 0.28)) { return; }
      for (const at of spots(state, room)) {
        const box = [at.x - width / 2, at.y - 9, at.x + width / 2, at.y + 9];
        if (framed(box) && free(box, taken)) {
          taken.push(box);
          label(map.containerPointToLatLng(at), state.name, "cac-name", 0);
          return;
        }
      }
    });
  };

  const labelAll = () => {
    labelLayer.clearLayers();
    const taken = posts.map((post) => {
      const at = map.latLngToContainerPoint(post.place.at);
      return [at.x - 7, at.y - 7, at.x + 7, at.y + 7];
    });
    taken.push([0, 0, 48, 84]);  /* the zoom buttons */
    labelPlaces(taken);
    labelStates([...taken, ...lineBoxes(data.routes[chosen])]);
  };

  // ---------------------------------------------------------------- choosing

  const fit = () => {
    const points = data.routes[chosen].links.flatMap((index) => links[index].points.flat());
    const wide = map.getSize().x > 600;
    map.fitBounds(L.latLngBounds(points), { ...REST, padding: wide ? [64, 48] : [28, 28], maxZoom: 8 });
  };

  const refit = () => {
    map.off("zoomend", drawStops).off("moveend resize", labelAll);
    map.invalidateSize(REST);
    fit();
    drawStops();
    labelAll();
    map.on("zoomend", drawStops).on("moveend resize", labelAll);
  };

  const remember = (slug) => {
    try {
      window.history.replaceState(null, "", "#" + slug);
    } catch (error) {
      /* a frame without an address of its own has nothing to remember */
    }
  };

  const choose = (number) => {
    chosen = number;
    const route = data.routes[number];
    map.closePopup();
    choice.value = String(number);
    status.textContent = route.told;
    articles.forEach((article, index) => { article.hidden = index !== number; });
    panel.scrollTop = 0;
    colourStates(route);
    drawLine(route);
    refit();
  };

  const addressed = () => data.routes.findIndex((route) => "#" + route.slug === window.location.hash);

  const beforePrint = () => {
    document.documentElement.classList.add("cac-printing");
    document.querySelectorAll("details:not([open])").forEach((details) => {
      details.open = true;
      details.dataset.shut = "";
    });
    refit();
  };

  const afterPrint = () => {
    document.documentElement.classList.remove("cac-printing");
    document.querySelectorAll("details[data-shut]").forEach((details) => {
      details.open = false;
      delete details.dataset.shut;
    });
    refit();
  };

  const listen = () => {
    choice.addEventListener("change", () => {
      choose(Number(choice.value));
      remember(data.routes[chosen].slug);
    });
    window.addEventListener("hashchange", () => {
      if (addressed() >= 0) {
        choose(addressed());
        mapNode.scrollIntoView({ block: "nearest" });
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !openStop) { return; }
      const element = openStop.getElement();
      map.closePopup();
      element.focus();
    });
    window.addEventListener("beforeprint", beforePrint);
    window.addEventListener("afterprint", afterPrint);
  };

  drawStates();
  drawRivals();
  setUp();
  choose(Math.max(0, addressed()));
  listen();
})();
