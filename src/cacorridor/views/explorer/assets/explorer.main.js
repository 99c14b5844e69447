/* The explorer, part 10 of 10: choosing, the address of a view, printing, and the start. */

// ---------------------------------------------------------------- the address of a view

const KEYS = ["year", "level", "month", "compare", "lang"];

const addressOf = () => {
  const values = {
    year: data.years[view.year],
    level: data.levels[view.level],
    month: view.month,
    compare: view.second < 0 ? null : data.routes[view.second].slug,
    lang: view.language === "en" ? null : view.language,
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
  view.language = LANGUAGES.find((language) => language === wanted.get("lang")) || view.language;
  if (view.month !== null) { view.year = 0; view.level = 0; }
  if (condition() < 0) { view.month = null; }
  if (view.second === view.route) { view.second = -1; }
  return true;
};

/* The heading that the address names, of a page longer than its map; routes go before headings. */
const sectionAt = () => {
  const [anchor] = window.location.hash.slice(1).split("&");
  return anchor !== "" && routeAt(anchor) < 0 ? find(anchor) : null;
};

const remember = () => {
  try {
    /* an anchor can be gone back to */
    window.history[sectionAt() ? "pushState" : "replaceState"](null, "", addressOf());
  } catch (error) {
    /* a frame without an address of its own has nothing to remember */
  }
  if (window.parent !== window) { window.parent.postMessage({ cacorridor: addressOf() }, "*"); }  /* a widget listens */
};

// ---------------------------------------------------------------- showing

const boundsShown = () => {
  const numbers = view.second < 0 ? [view.route] : [view.route, view.second];
  return L.latLngBounds(numbers.flatMap((n) => wayDrawn(n).links.flatMap((index) => links[index].points.flat())));
};

const fit = () => {
  const wide = map.getSize().x > 600;
  map.fitBounds(boundsShown(), { ...REST, padding: wide ? [64, 48] : [28, 28], maxZoom: 8 });
};

/* What depends on the zoom: outlines, lines moved aside, stops that share a mark. */
const redraw = () => {
  refine();
  styleRivals();
  drawSecond();
  drawStops();
  showLegend();
};

const refit = () => {
  map.off("zoomend", redraw).off("moveend resize", labelAll);
  map.invalidateSize(REST);
  fit();
  redraw();
  labelAll();
  map.on("zoomend", redraw).on("moveend resize", labelAll);
};

/* A route that is seen whole and not too small leaves the reader's view as it is. */
const isWellSeen = () => {
  const bounds = boundsShown();
  const size = map.getSize();
  const corners = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  const [width, height] = [corners[1].x - corners[0].x, corners[1].y - corners[0].y];
  return map.getBounds().contains(bounds) && (width > 0.45 * size.x || height > 0.45 * size.y);
};

/* What the first stop of the slider stands for: today, or the year in which each route was asked. */
const ownYear = () => {
  const own = data.routes[view.route].own;
  if (!own) { return data.today ? data.today + " (" + t("today") + ")" : t("today"); }
  return fill("its own year, {year}", { year: own });
};

/* Mark the years at which something changes for the chosen route, and say what changes at the one chosen. */
const markYears = () => {
  const route = data.routes[view.route];
  const at = (year) => data.conditions.findIndex(([level, asked, month]) => level === data.levels[view.level] && asked === data.years[year] && month === null);
  const answers = data.years.map((_, year) => route.answers[at(year)]);
  const ticks = [...yearSlider.parentNode.querySelectorAll(".cac-ticks > span")];
  ticks.forEach((tick, year) => { tick.classList.toggle("cac-change", year > 1 && answers[year] !== answers[year - 1]); });
  if (view.year < 2 || answers[view.year] === answers[view.year - 1]) { return ""; }
  const [before, now] = [answers[view.year - 1], answers[view.year]].map((n) => data.answers[n]);
  if (before.why !== undefined) { return fill("New in {year}: the route opens.", { year: String(data.years[view.year]) }); }
  if (now.why !== undefined) { return ""; }
  const known = (i) => now.totals[i] !== null && before.totals[i] !== null;
  const changes = data.measured.filter((_, i) => known(i) && i < 2).map(([, unit], i) => withUnit(signed(now.totals[i] - before.totals[i]), unit));
  return fill("New in {year}: {changes} against the stop before.", { year: String(data.years[view.year]), changes });
};

/* Set the switches to the view. */
const setSwitches = () => {
  nameRoutes();
  shortenLists();
  choice.value = String(view.route);
  if (second) { second.value = view.second < 0 ? "" : String(view.second); }
  if (yearSlider) {
    const shown = data.years[view.year] === null ? ownYear() : String(data.years[view.year]);
    yearSlider.value = String(view.year);
    yearSlider.setAttribute("aria-valuetext", shown);
    find("cac-year-shown").textContent = shown;
    yearSlider.parentNode.querySelector(".cac-ticks > span").textContent = t(data.routes[view.route].own ? "own" : "now");
    if (note) { note.textContent = [view.told, markYears()].filter(Boolean).join(gap()); }
  }
  sayPlayer();
  if (levelChoice) { levelChoice.value = String(view.level); }
  if (monthChoice) { monthChoice.value = view.month === null ? "" : String(view.month); }
  languageChoice.value = view.language;
  document.querySelectorAll("[data-language]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.language === view.language)));
};

/* Show the view; the map moves only if the way is another one that is not in sight. */
let wayShown = null;
const show = () => {
  const answer = answerOf(view.route);
  closeCard();
  drawCharts();
  sayPage();
  sayCharts();
  setSwitches();
  status.textContent = told(answer);
  articles.forEach((article, index) => { article.hidden = index !== view.route; });
  fillArticle(articles[view.route], view.route);
  drawComparison();
  const { slug } = data.routes[view.route];
  document.querySelectorAll("[data-slug]").forEach((element) => element.classList.toggle("cac-chosen", element.dataset.slug === slug));
  find("cac-permalink").setAttribute("href", addressOf());
  find("cac-copied").textContent = "";
  colourStates();
  drawLine();
  const way = [view.route, view.second, data.ways.indexOf(wayDrawn(view.route))].join("/");
  if (way !== wayShown && (wayShown === null || !isWellSeen())) {
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
  view.told = "";
  panel.scrollTop = 0;
  show();
  remember();
};

/* A cell of the matrix of states: its route is chosen, and the card of its state opens on the map. */
const openFromMatrix = (cell) => {
  const { slug } = cell.parentNode.querySelector("th").dataset;
  const head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex].querySelector("[data-of]") || {};
  const state = states.find(({ id }) => head.dataset && id === head.dataset.of);
  choose(routeAt(slug));
  mapNode.scrollIntoView({ block: "center" });
  if (state) { openCard(map.getBounds().contains(state.at) ? state.at : map.getCenter(), stateCard(state), nameOf(state)); }
};

/* Months were asked of the routes as compared, so a month and a year or a level exclude each other; it is said. */
const change = (part) => {
  const before = { ...view };
  Object.assign(view, part);
  if (part.month) { Object.assign(view, { year: 0, level: 0 }); }
  if (part.year || part.level) { view.month = null; }
  view.told = "";
  if (before.month && !view.month && part.month === undefined) { view.told = t("The month is set back to any: months are asked of today only."); }
  if (part.month && (before.year || before.level)) { view.told = t("Year and service are set back: months are asked of today only."); }
  show();
  remember();
};

// ---------------------------------------------------------------- taking it away

const copied = (text) => {
  const told = () => { find("cac-copied").textContent = t("Copied."); };
  const field = make("textarea", "cac-copy-field", text);
  document.body.append(field);
  field.select();
  const done = document.execCommand && document.execCommand("copy");  /* works in a file and in a frame too */
  field.remove();
  if (done) { told(); } else if (navigator.clipboard) { navigator.clipboard.writeText(text).then(told, () => {}); }
};

/* A frame of this view for another page; the page itself is the file or address that it points at. */
const frameLine = () => {
  const frame = make("iframe");
  Object.entries({ src: window.location.href.split("#")[0] + addressOf(), title: document.title, width: "100%", height: "640" })
    .forEach(([name, value]) => frame.setAttribute(name, value));
  return frame.outerHTML;
};

const citation = () => {
  const answer = answerOf(view.route);
  const credit = document.querySelector(".cac-figure figcaption p").textContent.trim();
  return [routeName(view.route) + " (" + serviceOf(view.route) + ").", told(answer), credit, window.location.href].join(" ");
};

// ---------------------------------------------------------------- printing

/* On paper: what is folded opens, but a report leaves its appendix out unless it is asked for. */
const beforePrint = () => {
  const root = document.documentElement;
  const folded = root.classList.contains("cac-whole") || !document.querySelector(".cac-report") ? "details:not([open])" : ".none";
  root.classList.add("cac-printing");
  document.querySelectorAll(folded).forEach((details) => {
    details.open = true;
    details.dataset.shut = "";
  });
  refit();
};

const afterPrint = () => {
  document.documentElement.classList.remove("cac-printing", "cac-whole");
  document.querySelectorAll("details[data-shut]").forEach((details) => {
    details.open = false;
    delete details.dataset.shut;
  });
  refit();
};

// ---------------------------------------------------------------- start

/* Within a longer page the wheel scrolls that page, and one finger does everywhere; Ctrl or two fingers move the map. */
const shareGestures = () => {
  const isPart = document.querySelector(".cac-report") !== null;
  if (window.matchMedia("(pointer: coarse)").matches) { map.dragging.disable(); }
  if (!isPart) { return; }
  const hint = make("div", "cac-hint", "");
  hint.setAttribute("aria-hidden", "true");
  mapNode.parentNode.append(hint);
  map.scrollWheelZoom.disable();
  mapNode.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) { map.scrollWheelZoom.enable(); } else { map.scrollWheelZoom.disable(); }
    hint.textContent = t("Hold Ctrl to zoom the map with the wheel");
    hint.classList.toggle("cac-hinting", !event.ctrlKey && !event.metaKey);
  }, { capture: true, passive: true });
  mapNode.addEventListener("mouseleave", () => hint.classList.remove("cac-hinting"));
};

const setUp = () => {
  document.documentElement.classList.add("cac-live");
  L.control.scale({ imperial: false }).addTo(map);
  const controls = mapNode.querySelector(".leaflet-control-container");
  mapNode.prepend(controls);  /* the zoom buttons come before the stops for the keyboard */
  controls.querySelectorAll(".leaflet-control-zoom a").forEach((button) => {
    button.removeAttribute("title");
    button.setAttribute("data-t-label", "");
  });
  mapNode.setAttribute("aria-label", "Map; arrow keys move it, plus and minus zoom");
  mapNode.setAttribute("data-t-label", "");
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
  shareGestures();
};

const on = (element, event, act) => { if (element) { element.addEventListener(event, act); } };

const listen = () => {
  on(choice, "change", () => choose(Number(choice.value)));
  on(second, "change", () => change({ second: second.value === "" ? -1 : Number(second.value) }));
  on(player, "click", play);
  on(filter, "input", shortenLists);
  on(filter, "keydown", takeFound);
  on(yearSlider, "input", () => change({ year: Number(yearSlider.value) }));
  on(levelChoice, "change", () => change({ level: Number(levelChoice.value) }));
  on(monthChoice, "change", () => change({ month: Number(monthChoice.value) || null }));
  on(languageChoice, "change", () => change({ language: languageChoice.value }));
  on(find("cac-download"), "click", download);
  on(find("cac-copy"), "click", () => copied(window.location.href.split("#")[0] + addressOf()));
  on(find("cac-cite"), "click", () => copied(citation()));
  on(find("cac-embed"), "click", () => copied(frameLine()));
  document.querySelectorAll("[data-language]").forEach((button) => on(button, "click", () => change({ language: button.dataset.language })));
  document.querySelectorAll(".cac-matrix td").forEach((cell) => on(cell, "click", () => openFromMatrix(cell)));
  on(find("cac-print-whole"), "click", () => {
    document.documentElement.classList.add("cac-whole");
    window.print();
  });
  on(window, "hashchange", () => {
    if (readAddress()) {
      show();
      mapNode.scrollIntoView({ block: "nearest" });
    }
  });
  on(document, "keydown", (event) => { if (event.key === "Escape") { closeCard(); } });
  on(window, "beforeprint", beforePrint);
  on(window, "afterprint", afterPrint);
};

drawStates();
drawRivals();
setUp();
readAddress();
show();
listen();
if (sectionAt()) { sectionAt().scrollIntoView(); }  /* the page has grown and shrunk since the browser went there */
