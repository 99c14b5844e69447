/* The page: what a reader chose, what is shown of it, and what a choice changes. */

import { Atlas, unpack } from "./world.mjs";
import { answer, indexOf, linksClosedWith, questionOf } from "./api.mjs";
import { bypassPrices, explainAbsence, findRoute, usableArcs } from "./routes.mjs";
import { compare, figureOf, linkPrices } from "./journey.mjs";
import { LANGUAGES, readAddress, writeAddress } from "./address.mjs";
import { Text, priceClass } from "./text.mjs";
import { makeCombobox } from "./combobox.mjs";
import { AtlasMap } from "./map.mjs";
import { drawLabels } from "./labels.mjs";
import { make, linkName, writeAbsence, writeAnswer, writeClosed, writeLegs, writeLinkPrices, writeStatePrices } from "./panel.mjs";
import { makeControls } from "./controls.mjs";
import { writeTakeaway } from "./leaving.mjs";
import { makeRangesReady } from "./idle.mjs";

const find = (id) => document.getElementById(id);

/* Set the page to work on its data. */
const start = (data) => {
  const atlas = new Atlas(data);
  const index = indexOf(atlas);
  const leaflet = window[document.querySelector(".folium-map").id];
  const allowed = { levels: Object.keys(data.network.levels), criteria: atlas.measures.map(({ name }) => name) };
  const drawing = new AtlasMap(leaflet, data, atlas);
  const stateNumber = (id) => index.states.get(id);
  const endState = (id) => data.states[atlas.stateOf[index.places.get(id)]].id;

  let view = null;
  let shown = { route: null, prices: new Map(), links: new Map(), notice: "" };
  const past = [];  /* views before this one, where a frame keeps no history */
  let keepsHistory = true;

  const textOf = () => new Text(data, view.language);
  const context = () => ({ text: textOf(), atlas, data, index, view });
  const question = () => questionOf(atlas, index, view.origin, view.destination, view);

  /* ---------------------------------------------------------------- answering */

  /* Find the way and the price of every closure; a question that contradicts itself has no answer. */
  const solve = () => {
    if (!view.origin || !view.destination) { return { route: null }; }
    const asked = question();
    const route = findRoute(atlas, asked);
    if (route === null) { return { route, asked, reason: explainAbsence(atlas, asked) }; }
    return { route, asked, comparison: compare(atlas, route), prices: bypassPrices(atlas, route), links: linkPrices(atlas, route) };
  };

  /* The relation of each state to the way, by number: end, p0 to p4, cut, closed, bypassed. */
  const relationsOf = ({ route, comparison, prices }) => {
    const relations = new Map(view.closed.filter((id) => index.states.has(id)).map((id) => [stateNumber(id), "closed"]));
    [view.origin, view.destination].filter(Boolean).forEach((id) => {
      relations.set(atlas.stateOf[index.places.get(id)], "end");
    });
    if (route) {
      const base = route.totals[view.criterion];
      comparison.bypassed.filter((state) => !relations.has(state)).forEach((state) => relations.set(state, "bypassed"));
      prices.forEach((added, state) => {
        const price = priceClass(added, base);
        relations.set(state, price === "cut" ? "cut" : `p${price}`);
      });
    }
    return relations;
  };

  /* ---------------------------------------------------------------- showing */

  const isAssumed = (route, link) => {
    const steps = route.steps.filter((step) => step.link === link && step.kind === 0);
    return steps.some((step) => figureOf(atlas, route, step).basis === "assumed");
  };

  /* The stops of the way: ends, borders, ports, changes of mode; a tap on a border or port closes it. */
  const stopsOf = ({ route }) => {
    const text = textOf();
    const ends = [view.origin, view.destination].filter(Boolean).map((id) => ({ place: index.places.get(id), kind: "hub", rank: 0 }));
    const taken = new Set(ends.map(({ place }) => place));
    const steps = route ? route.steps.filter(({ kind }) => [1, 2, 3].includes(kind)) : [];
    const others = steps.flatMap(({ kind, from, link }) => {
      if (taken.has(from)) { return []; }
      taken.add(from);
      const isPort = atlas.kindOf[from] === "port";
      return [{ place: from, kind: isPort ? "port" : kind === 1 ? "border" : "transfer", link, rank: kind === 1 ? 1 : 2 }];
    });
    return [...ends, ...others].map((stop) => {
      const name = text.place(stop.place);
      const closes = stop.kind === "border" || stop.kind === "port";
      const ids = closes ? linksClosedWith(atlas, stop.place).map((link) => atlas.linkIds[link]) : [];
      return {
        ...stop,
        name,
        label: closes && ids.length > 0 ? text.say("close_name", { name }) : name,
        act: ids.length > 0 ? () => toggleAll(stop.kind === "border" ? [atlas.linkIds[stop.link]] : ids) : null,
      };
    });
  };

  const drawNames = () => {
    const text = textOf();
    const criterion = atlas.measures.find(({ name }) => name === view.criterion);
    const { prices, stops, relations } = shown;
    const named = [...data.states.keys()].filter((state) => relations.has(state) || data.states[state].room > 2.2);
    named.sort((a, b) => Number(relations.has(b)) - Number(relations.has(a)) || data.states[b].room - data.states[a].room);
    const states = named.map((number) => {
      const added = prices && prices.get(number);
      const price = added === undefined ? [] : [text.price(criterion, added)];
      return { number, lines: [text.state(number), ...price], isOnWay: relations.has(number) };
    });
    drawLabels(drawing, { stops, states, language: view.language });
  };

  /* What depends on the part of the map that is seen: stops and names. */
  let isMoving = false;
  const drawMarks = () => {
    if (isMoving) { return; }
    drawing.drawStops(shown.stops);
    drawNames();
  };

  const drawMap = (isMoved) => {
    const world = atlas.world(view.level, view.month);
    const asked = { year: view.year, modes: null, states: [], links: [] };
    const open = new Set();
    usableArcs(world, asked).forEach((usable, arc) => { if (usable) { open.add(world.link[world.start[arc]]); } });
    open.delete(-1);
    const closed = view.closed.filter((id) => index.links.has(id)).map((id) => index.links.get(id));
    const { route } = shown;
    isMoving = true;  /* what a move would draw is drawn below */
    leaflet.invalidateSize({ animate: false });  /* a longer answer leaves the map less room */
    if (isMoved) { drawing.fit(route ? route.links : null); }
    isMoving = false;
    drawing.drawGround();
    drawing.drawNetwork([...open].filter((link) => !closed.includes(link)), closed);
    drawing.colourStates(shown.relations);
    drawing.drawWay(route ? route.links.map((link) => ({ link, isAssumed: isAssumed(route, link) })) : []);
    drawMarks();
    showLegend(route);
  };

  /* The legend explains what the map has, and nothing else. */
  const showLegend = (route) => {
    const there = new Set([...shown.relations.values(), ...shown.stops.map(({ kind }) => kind)]);
    if (route && route.links.some((link) => isAssumed(route, link))) { there.add("assumed"); }
    document.querySelectorAll("[data-key]").forEach((item) => { item.hidden = !there.has(item.dataset.key); });
  };

  const drawPanel = () => {
    const all = context();
    const { route, reason, asked, comparison, prices, links } = shown;
    const notice = shown.notice ? [make("p", { class: "cac-notice" }, shown.notice)] : [];
    const absence = () => (reason ? writeAbsence(all, asked, reason) : [make("p", {}, all.text.say("choose"))]);
    const sentences = route ? writeAnswer(all, route, comparison) : absence();
    find("cac-answer").replaceChildren(...sentences, ...notice);
    find("cac-closed").replaceChildren(...writeClosed(all, { toggle, openAll, undo }));
    find("cac-prices").replaceChildren(...(route ? [
      make("h3", {}, all.text.say("prices")),
      writeStatePrices(all, route, prices, toggle),
      writeLinkPrices(all, route, links, { toggle, delay }),
    ] : []));
    find("cac-legs").replaceChildren(...(route ? [make("h3", {}, all.text.say("way")), writeLegs(all, route)] : []));
    find("cac-take").replaceChildren(...(route ? writeTakeaway(all, route, drawing) : []));
  };

  /* Words that stand in the page from the start, in the language of the reader. */
  const drawWords = () => {
    const text = textOf();
    document.documentElement.lang = view.language;
    document.querySelectorAll("[data-say]").forEach((node) => { node.textContent = text.say(node.dataset.say); });
    document.querySelectorAll("[data-label]").forEach((node) => node.setAttribute("aria-label", text.say(node.dataset.label)));
    document.title = data.about.title || text.say("title");
    find("cac-title").textContent = document.title;
    find("cac-language").value = view.language;
    [["cac-from", view.origin], ["cac-to", view.destination]].forEach(([id, place]) => {
      find(id).value = place ? text.place(index.places.get(place)) : "";
    });
  };

  /* Show the view. */
  const show = (notice = "") => {
    const before = shown;
    shown = { prices: new Map(), links: new Map(), ...solve(), notice };
    shown.relations = relationsOf(shown);
    shown.stops = stopsOf(shown);
    leaflet.closePopup();
    drawWords();
    controls.set(view, textOf());
    drawPanel();
    const isSame = before.route && shown.route && before.route.path.join() === shown.route.path.join();
    drawMap(!isSame);
  };

  /* ---------------------------------------------------------------- choosing */

  /* Change the view; the address and the history follow. */
  const change = (part, notice = "") => {
    past.push(view);
    view = { ...view, ...part };
    show(notice);
    try {
      window.history.pushState(null, "", writeAddress(view));
    } catch (error) {
      keepsHistory = false;  /* a frame without an address of its own */
    }
  };

  /* Close what is open, open what is closed; the state of an end cannot close. */
  const toggleAll = (ids) => {
    const text = textOf();
    const ends = [view.origin, view.destination].filter(Boolean).map((id) => endState(id));
    const end = ids.find((id) => ends.includes(id));
    if (end !== undefined) {
      show(text.say("end_state", { state: text.state(stateNumber(end)) }));
      return;
    }
    const isOpen = ids.some((id) => !view.closed.includes(id));
    const others = view.closed.filter((id) => !ids.includes(id));
    const { route } = shown;
    const isOff = route && isOpen && ids.every((id) => {
      return index.states.has(id) ? !shown.prices.has(stateNumber(id)) : !route.links.includes(index.links.get(id));
    });
    const nameOf = (id) => (index.states.has(id) ? text.state(stateNumber(id)) : linkName(text, atlas, index.links.get(id)));
    change({ closed: isOpen ? [...others, ...ids] : others }, isOff ? text.say("not_on_way", { name: text.list(ids.map(nameOf)) }) : "");
  };

  const toggle = (id) => toggleAll([id]);
  const openAll = () => change({ closed: [], added: {} });
  const delay = (link, hours) => {
    const { [link]: _, ...others } = view.added;
    change({ added: hours > 0 ? { ...others, [link]: hours } : others });
  };

  const undo = () => {
    if (keepsHistory && past.length > 0) { window.history.back(); }
    else if (past.length > 0) { view = past.pop(); show(); }
  };

  /* Choose an end; a state that holds it is open again. */
  const chooseEnd = (end, number) => {
    const id = data.places.id[number];
    const other = end === "origin" ? "destination" : "origin";
    const swapped = view[other] === id ? { [other]: view[end] } : {};
    change({ ...swapped, [end]: id, closed: view.closed.filter((each) => each !== data.states[atlas.stateOf[number]].id) });
  };

  const askTown = (number, at) => {
    const text = textOf();
    const choose = (end, key) => {
      const button = make("button", { type: "button", onclick: () => chooseEnd(end, number) }, text.say(key));
      return button;
    };
    const card = make("div", { class: "cac-card" }, make("strong", {}, text.place(number)),
      choose("origin", "from_here"), choose("destination", "to_here"));
    leaflet.openPopup(card, at, { minWidth: 120 });
  };

  /* A tap on the map: a town asks what it is to be; a line or a state closes, or opens again. */
  const tap = ({ latlng }) => {
    const hit = drawing.at(latlng);
    if (!hit) { return; }
    const ready = view.origin && view.destination;
    if (hit.kind === "town") { askTown(hit.number, drawing.places[hit.number]); }
    else if (!ready) { show(textOf().say("choose")); }
    else { toggle(hit.kind === "link" ? atlas.linkIds[hit.number] : data.states[hit.number].id); }
  };

  /* ---------------------------------------------------------------- start */

  /* The view of the address; without one, that with which the page opens. */
  const readView = () => {
    const read = readAddress(window.location.hash, index, allowed);
    if (!window.location.hash) {
      const [origin, destination] = data.about.ends;
      return { ...read, origin, destination, language: data.about.language };
    }
    const ends = [read.origin, read.destination].filter(Boolean).map((id) => endState(id));
    const isPair = read.origin !== read.destination;
    return { ...read, destination: isPair ? read.destination : "", closed: read.closed.filter((id) => !ends.includes(id)) };
  };

  const controls = makeControls({ find, data, atlas, change });
  view = readView();
  [["cac-from", "origin"], ["cac-to", "destination"]].forEach(([id, end]) => makeCombobox({
    input: find(id),
    list: find(`${id}-list`),
    places: { ...data.places, kind: atlas.kindOf },
    describe: (number) => ({ name: textOf().place(number), detail: textOf().state(atlas.stateOf[number]) }),
    choose: (number) => chooseEnd(end, number),
    nothing: () => textOf().say("no_place"),
  }));
  find("cac-swap").addEventListener("click", () => change({ origin: view.destination, destination: view.origin }));
  find("cac-language").addEventListener("change", (event) => change({ language: LANGUAGES[event.target.selectedIndex] }));
  leaflet.on("click", tap);
  leaflet.on("moveend resize", drawMarks);
  leaflet.attributionControl.setPrefix(false);
  L.control.scale({ imperial: false, position: "topright" }).addTo(leaflet);
  window.addEventListener("popstate", () => { view = readView(); past.pop(); show(); });
  ["beforeprint", "afterprint"].forEach((event) => window.addEventListener(event, () => {
    document.documentElement.classList.toggle("cac-printing", event === "beforeprint");
    leaflet.invalidateSize({ animate: false });
    if (shown.route) { leaflet.fitBounds(drawing.boundsOf(shown.route.links), { animate: false, padding: [30, 30] }); }
  }));
  document.documentElement.classList.add("cac-live");
  show();
  makeRangesReady(atlas);

  window.cacorridor = Object.freeze({
    route: (origin, destination, options) => answer(atlas, index, origin, destination, options),
    view: () => writeAddress(view),
  });
  performance.mark("cacorridor-ready");
  window.dispatchEvent(new Event("cacorridor-ready"));
};

unpack(JSON.parse(find("cac-data").textContent)).then(start);
