/* The explorer, part 4 of 10: stops, and the cards that tell of them and of states. */

let posts = [];
let opener = null;  /* what the open card came from, for the focus to go back to */

// ---------------------------------------------------------------- cards

const sheet = make("div", "cac-sheet");
sheet.hidden = true;
sheet.tabIndex = -1;
sheet.setAttribute("role", "dialog");
mapNode.parentNode.parentNode.append(sheet);
const HOURS = data.measured.findIndex(([, unit]) => unit === "h");
const NARROW = 600;  /* pixels; below, a card is a sheet at the foot of the screen */

const closeCard = () => {
  const element = opener;
  const there = !sheet.hidden || document.querySelector(".leaflet-popup");
  sheet.hidden = true;
  opener = null;
  map.closePopup();
  if (there && element && element.isConnected) { element.focus(); }
};

/* Show a card: a popup on a wide map, a sheet on a narrow one; both are dialogs with a name. */
const openCard = (at, content, title, from = null) => {
  opener = from;
  if (map.getSize().x >= NARROW) {
    const popup = L.popup({ maxWidth: 320, minWidth: 220, maxHeight: 340 }).setLatLng(at).setContent(content);
    popup.openOn(map);
    opener = from;
    popup.getElement().setAttribute("role", "dialog");
    popup.getElement().setAttribute("aria-label", title);
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", t("Close"));
    if (from) { popup.getElement().querySelector(".leaflet-popup-close-button").focus({ preventScroll: true }); }
    return;
  }
  const close = make("button", "cac-close", "\u00d7");
  close.type = "button";
  close.setAttribute("aria-label", t("Close"));
  close.addEventListener("click", closeCard);
  sheet.setAttribute("aria-label", title);
  sheet.replaceChildren(close, content);
  sheet.hidden = false;
  if (from) { close.focus({ preventScroll: true }); }
};

/* A state: how the route stands to it, how far and how long it runs there, and which other routes keep out. */
const stateCard = (state) => {
  const element = make("div", "cac-card");
  const head = make("h2", "", nameOf(state));
  const relation = RELATIONS[relations[state.id]];
  element.append(head, make("p", "", relation ? t(relation) : t("not on this route")));
  const stay = (answerOf(view.route).stays || []).find(([code]) => code === state.id);
  if (stay) { element.append(make("p", "cac-stay", fill("{km} km and {hours} h of this route", { km: figure(stay[1]), hours: figure(stay[2]) }))); }
  const own = data.routes[view.route];
  const others = data.routes.map((_, n) => n).filter((n) => {
    const way = wayOf(n);
    return n !== view.route && way && data.routes[n].group === own.group && !way.crossed.concat(way.touched).includes(state.id);
  });
  if (others.length && stay) {
    element.append(make("p", "", t("Routes that keep out of it:")));
    const list = make("ul", "cac-others");
    const hoursOf = (n) => answerOf(n).totals[HOURS];
    others.sort((one, other) => hoursOf(one) - hoursOf(other)).slice(0, 5).forEach((n) => {
      const more = withUnit(signed(hoursOf(n) - hoursOf(view.route)), "h");
      const button = make("button", "", fill("{route}: {hours}, {more}", { route: data.routes[n].name, hours: figuresOf(n)[HOURS][0], more }));
      button.type = "button";
      button.addEventListener("click", () => choose(n));
      const line = make("li");
      line.append(button);
      list.append(line);
    });
    element.append(list);
  }
  return element;
};

// ---------------------------------------------------------------- stops

/* The stops of the chosen route under these conditions with their standing times; of no route, the ends. */
const stopsNow = () => {
  const standing = answerOf(view.route).facts;
  const stops = wayDrawn(view.route).stops.filter(([, bits]) => standing || bits & END);
  return stops.map(([place, bits], i) => ({
    place: data.places[place],
    end: Boolean(bits & END),
    border: Boolean(standing && bits & BORDER),
    port: Boolean(standing && bits & PORT) || data.places[place].kind === "port",
    transfer: Boolean(standing && bits & TRANSFER),
    facts: standing ? standing[i].map((fact) => data.facts[fact]) : [],
  }));
};

const kindOf = (stop) => {
  if (stop.port) { return "port"; }
  if (stop.border) { return "border"; }
  return stop.end || stop.transfer || stop.place.kind !== "junction" ? "hub" : "";
};

/* What a place is, and in which state it lies. */
const aboutOf = (place) => {
  const kind = place.kind.replaceAll("_", " ");
  return t(kind[0].toUpperCase() + kind.slice(1)) + LISTS[view.language] + named(place.state);
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
  facts.forEach(([what, causes, hours, range, basis]) => {
    const row = rows.insertRow();
    const head = make("th", "", say(what));
    head.scope = "row";
    if (causes.length) { head.append(make("small", "cac-cause", fill("for {causes}", { causes }))); }
    head.append(make("small", "", say(data.texts[basis])));
    const cell = make("td", "", say(hours));
    cell.append(make("small", "", say(range)));
    row.append(head, cell);
  });
  return rows;
};

const stopCard = (post) => {
  const element = make("div", "cac-card");
  post.stops.forEach((stop) => {
    const head = make("h2", "", nameOf(stop.place));
    head.lang = languageOf(stop.place);
    const other = nameOf(stop.place) === stop.place.name ? "" : stop.place.name + " \u00b7 ";
    element.append(head, make("p", "", other + aboutOf(stop.place)));
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
    const title = places.map((place) => nameOf(place) + ", " + aboutOf(place)).join("; ");
    const element = marker.getElement();
    const open = () => {
      marker.closeTooltip();
      openCard(post.place.at, stopCard(post), title, element);
    };
    marker.bindTooltip(() => tip(places.map(nameOf).join(", "), aboutOf(post.place)), { direction: "top", offset: [0, -8] });
    element.setAttribute("aria-label", title);
    element.dataset.kind = post.kind;
    if (post.transfer) { element.dataset.transfer = ""; }
    marker.on("click", open);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") { return; }
      event.preventDefault();
      open();
    });
  });
};
