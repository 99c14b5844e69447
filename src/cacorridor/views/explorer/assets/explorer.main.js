/* The explorer, part 5 of 5: choosing, the address of a view, printing, and the start. */

// ---------------------------------------------------------------- the address of a view

const KEYS = ["year", "level", "month", "compare", "names"];

const addressOf = () => {
  const values = {
    year: data.years[view.year],
    level: data.levels[view.level],
    month: view.month,
    compare: view.second < 0 ? null : data.routes[view.second].slug,
    names: view.names || null,
  };
  const parts = KEYS.filter((key) => values[key] !== null).map((key) => key + "=" + encodeURIComponent(values[key]));
  return "#" + [data.routes[view.route].slug, ...parts].join("&");
};

const routeAt = (slug) => data.routes.findIndex((route) => route.slug === slug);

/* Read an address into the view; what it does not name, or names wrongly, stands as compared. */
const readAddress = () => {
  const [slug, ...rest] = window.location.hash.slice(1).split("&");
  const number = routeAt(slug);
  if (number < 0) { return false; }
  const wanted = new URLSearchParams(rest.join("&"));
  const stop = (list, value) => Math.max(0, list.findIndex((item) => item !== null && String(item) === value));
  view.route = number;
  view.year = stop(data.years, wanted.get("year"));
  view.level = stop(data.levels, wanted.get("level"));
  view.month = Number(wanted.get("month")) || null;
  view.second = routeAt(wanted.get("compare"));
  view.names = ["ru", "zh"].find((language) => language === wanted.get("names")) || view.names;
  if (view.month !== null) { view.year = 0; view.level = 0; }
  if (condition() < 0) { view.month = null; }
  if (view.second === view.route) { view.second = -1; }
  return true;
};

const remember = () => {
  try {
    window.history.replaceState(null, "", addressOf());
  } catch (error) {
    /* a frame without an address of its own has nothing to remember */
  }
};

// ---------------------------------------------------------------- showing

const fit = () => {
  const numbers = view.second < 0 ? [view.route] : [view.route, view.second];
  const points = numbers.flatMap((n) => wayDrawn(n).links.flatMap((index) => links[index].points.flat()));
  const wide = map.getSize().x > 600;
  map.fitBounds(L.latLngBounds(points), { ...REST, padding: wide ? [64, 48] : [28, 28], maxZoom: 8 });
};

/* What depends on the zoom: lines moved aside, stops that share a mark. */
const redraw = () => {
  styleRivals();
  drawSecond();
  drawStops();
};

const refit = () => {
  map.off("zoomend", redraw).off("moveend resize", labelAll);
  map.invalidateSize(REST);
  fit();
  redraw();
  labelAll();
  map.on("zoomend", redraw).on("moveend resize", labelAll);
};

/* Set the switches to the view. */
const setSwitches = () => {
  choice.value = String(view.route);
  if (second) {
    second.value = view.second < 0 ? "" : String(view.second);
    second.querySelectorAll("option").forEach((option) => { option.disabled = option.value === String(view.route); });
  }
  if (yearSlider) {
    const year = data.years[view.year];
    const shown = year === null ? "as compared: " + data.routes[view.route].own : String(year);
    yearSlider.value = String(view.year);
    yearSlider.setAttribute("aria-valuetext", shown);
    find("cac-year-shown").textContent = shown;
  }
  if (levelChoice) { levelChoice.value = String(view.level); }
  if (monthChoice) { monthChoice.value = view.month === null ? "" : String(view.month); }
  if (nameChoice) { nameChoice.value = view.names; }
};

/* Show the view; the map moves only if the way is another one. */
let wayShown = null;
const show = () => {
  const answer = answerOf(view.route);
  map.closePopup();
  setSwitches();
  status.textContent = answer.why || answer.sentence;
  articles.forEach((article, index) => { article.hidden = index !== view.route; });
  fillArticle(articles[view.route], view.route);
  drawComparison();
  find("cac-permalink").setAttribute("href", addressOf());
  colourStates();
  drawLine();
  const way = [view.route, view.second, data.ways.indexOf(wayDrawn(view.route))].join("/");
  if (way !== wayShown) {
    refit();
  } else {
    redraw();
    labelAll();
  }
  wayShown = way;
};

const choose = (number) => {
  if (number === view.second) { view.second = view.route; }
  view.route = number;
  panel.scrollTop = 0;
  show();
  remember();
};

/* Months were asked of the routes as compared, so a month and a year or a level exclude each other. */
const change = (part) => {
  Object.assign(view, part);
  if (part.month) { Object.assign(view, { year: 0, level: 0 }); }
  if (part.year || part.level) { view.month = null; }
  show();
  remember();
};

// ---------------------------------------------------------------- printing

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

// ---------------------------------------------------------------- start

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

const on = (element, event, act) => { if (element) { element.addEventListener(event, act); } };

const listen = () => {
  on(choice, "change", () => choose(Number(choice.value)));
  on(second, "change", () => change({ second: second.value === "" ? -1 : Number(second.value) }));
  on(yearSlider, "input", () => change({ year: Number(yearSlider.value) }));
  on(levelChoice, "change", () => change({ level: Number(levelChoice.value) }));
  on(monthChoice, "change", () => change({ month: Number(monthChoice.value) || null }));
  on(nameChoice, "change", () => change({ names: nameChoice.value }));
  on(find("cac-download"), "click", download);
  on(window, "hashchange", () => {
    if (readAddress()) {
      show();
      mapNode.scrollIntoView({ block: "nearest" });
    }
  });
  on(document, "keydown", (event) => {
    if (event.key !== "Escape" || !openStop) { return; }
    const element = openStop.getElement();
    map.closePopup();
    element.focus();
  });
  on(window, "beforeprint", beforePrint);
  on(window, "afterprint", afterPrint);
};

if (second) { [...choice.children].forEach((option) => second.append(option.cloneNode(true))); }
drawStates();
drawRivals();
setUp();
readAddress();
show();
listen();
