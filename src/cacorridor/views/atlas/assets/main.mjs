/* The page: its data are unpacked, its parts joined; a change of the view is answered and shown. */

import { Atlas } from "./world.mjs";
import { unpack } from "./block.mjs";
import { answer, indexOf } from "./api.mjs";
import { LANGUAGES, writeAddress } from "./address.mjs";
import { makeCombobox } from "./combobox.mjs";
import { AtlasMap } from "./map.mjs";
import { Session } from "./session.mjs";
import { relationsOf, solve } from "./solving.mjs";
import { makeScene, stopsOf } from "./scene.mjs";
import { makeChoices } from "./choosing.mjs";
import { make, put, writeAbsence, writeAnswer, writeClosed, writeShut } from "./panel.mjs";
import { makeControls } from "./controls.mjs";
import { makeClaims } from "./cards.mjs";
import { makeSheet } from "./sheet.mjs";
import { idle, makeRangesReady } from "./idle.mjs";
import { letScroll, tellView } from "./frame.mjs";

const find = (id) => document.getElementById(id);

/* Words that stand in the page from the start, in the language of the reader, and the places chosen. */
const drawWords = ({ data, index, text, view }) => {
  if (document.documentElement.lang !== view.language) {
    document.documentElement.lang = view.language;
    document.querySelectorAll("[data-label]").forEach((node) => node.setAttribute("aria-label", text.say(node.dataset.label)));
  }
  document.documentElement.classList.toggle("cac-embedded", view.embed);
  find("cac-whole").href = writeAddress({ ...view, embed: false });
  document.querySelectorAll("[data-say]").forEach((node) => put(node, text.say(node.dataset.say)));
  document.title = data.about.title || text.say("title");
  put(find("cac-title"), document.title);
  find("cac-language").value = view.language;
  [["cac-from", view.origin], ["cac-to", view.destination], ["cac-via", ""]].forEach(([id, place]) => {
    find(id).value = place ? text.place(index.places.get(place)) : "";
  });
};

/* The answer, and what is closed. */
const drawAnswer = (session, choices) => {
  const { context: all, shown: { route, reason, asked, comparison, shut, notice } } = session;
  const remark = notice ? [make("p", { class: "cac-notice" }, notice)] : [];
  const absence = () => (reason ? writeAbsence(all, asked, reason) : [make("p", {}, all.text.say("choose"))]);
  const isHeld = find("cac-closed").contains(document.activeElement);
  find("cac-answer").replaceChildren(...(route ? writeAnswer(all, route, comparison) : absence()), ...writeShut(all, shut), ...remark);
  find("cac-closed").replaceChildren(...writeClosed(all, { ...choices, undo: session.hasPast && (() => session.undo()) }));
  if (isHeld) { find("cac-answer").focus({ preventScroll: true }); }
};

/* Give the three boxes for places their lists, and the other fields of the head their acts. */
const joinFields = (session, choices) => {
  const { atlas, data } = session;
  const places = { ...data.places, kind: atlas.kindOf };
  const describe = (number) => ({ name: session.text.place(number), detail: session.text.state(atlas.stateOf[number]) });
  const acts = {
    from: (number) => choices.chooseEnd("origin", number),
    to: (number) => choices.chooseEnd("destination", number),
    via: choices.passPlace,
  };
  Object.entries(acts).forEach(([name, choose]) => makeCombobox({
    input: find(`cac-${name}`),
    list: find(`cac-${name}-list`),
    places,
    describe,
    choose,
    nothing: () => session.text.say("no_place"),
    restore: () => drawWords(session),
  }));
  find("cac-swap").addEventListener("click", choices.swap);
  document.querySelector(".cac-skip").addEventListener("click", (event) => {
    event.preventDefault();  /* the address holds the question */
    find("cac-answer").focus();
  });
  find("cac-language").addEventListener("change", (event) => session.change({ language: LANGUAGES[event.target.selectedIndex] }));
};

/* On paper the map has a size of its own. */
const joinPrinting = (session) => ["beforeprint", "afterprint"].forEach((event) => {
  window.addEventListener(event, () => {
    const { drawing, leaflet, shown } = session;
    document.documentElement.classList.toggle("cac-printing", event === "beforeprint");
    leaflet.invalidateSize({ animate: false });
    if (shown.route) { leaflet.fitBounds(drawing.boundsOf(shown.route.links), { animate: false, padding: [30, 30] }); }
  });
});

/* Set the page to work on its data. */
const start = (data) => {
  const atlas = new Atlas(data);
  const index = indexOf(atlas);
  const leaflet = window[document.querySelector(".folium-map").id];
  const session = new Session({ data, atlas, index, leaflet, drawing: new AtlasMap(leaflet, data, atlas) });
  const scene = makeScene(session);
  const choices = makeChoices(session);
  const controls = makeControls({ find, session, choices });
  const claims = makeClaims({ node: find("cac-claims"), session });
  const sheet = makeSheet({ find, session, choices });

  session.show = (notice = "") => {
    const before = session.shown.route;
    const solved = solve(session);
    const stops = stopsOf(session, solved.route, choices.toggleAll);
    session.shown = { ...solved, notice, stops, relations: relationsOf(session, solved) };
    sheet.empty();
    choices.closeCard();
    drawWords(session);
    drawAnswer(session, choices);
    const isSame = before && solved.route && before.path.join() === solved.route.path.join();
    scene.draw(!isSame);
    controls.set(session.view, session.text);
    sheet.follow();
    claims.follow();
    tellView(writeAddress(session.view));
  };

  joinFields(session, choices);
  joinPrinting(session);
  letScroll({ leaflet, say: (key) => session.text.say(key) });
  leaflet.attributionControl.setPrefix(false);
  L.control.scale({ imperial: false, position: "topright" }).addTo(leaflet);
  document.documentElement.classList.add("cac-live");
  session.open();
  idle(() => makeRangesReady(atlas));

  window.cacorridor = Object.freeze({
    route: (origin, destination, options) => answer(atlas, index, origin, destination, options),
    view: () => writeAddress(session.view),
    places: () => data.places.id.slice(),
  });
  performance.mark("cacorridor-ready");
  window.dispatchEvent(new Event("cacorridor-ready"));
};

unpack(JSON.parse(find("cac-data").textContent)).then(start);
