/* What a reader sets: year, month, service level, modes, what is best, what is supposed, what is to be passed. */

import { linkName, make, put } from "./panel.mjs";
import { worthOf } from "./solving.mjs";

const NAMED = 3;  /* links that a year names at most */

/* Give a list its options, if they are others than before, and choose one. */
const filled = new WeakMap();
const fill = (select, options, chosen) => {
  const written = JSON.stringify(options);
  if (filled.get(select) !== written) {
    select.replaceChildren(...options.map(([value, label]) => make("option", { value }, label)));
    filled.set(select, written);
  }
  if (select.value !== chosen) { select.value = chosen; }
};

/* Set up the controls; the result writes them anew for a view. */
export const makeControls = ({ find, session, choices }) => {
  const { data, atlas } = session;
  const change = (part) => session.change(part);
  const families = [...new Set(data.modes.map(({ family }) => family))];
  const year = find("cac-year");
  let years = [null];

  year.addEventListener("change", () => change({ year: years[Number(year.value)] }));
  find("cac-month").addEventListener("change", ({ target }) => change({ month: Number(target.value) || null }));
  find("cac-level").addEventListener("change", ({ target }) => change({ level: target.value }));
  find("cac-criterion").addEventListener("change", ({ target }) => change({ criterion: target.value }));
  find("cac-scenario").addEventListener("change", ({ target }) => change({ scenario: target.value || null }));
  find("cac-through").addEventListener("change", ({ target }) => choices.crossState(target.value));
  find("cac-worth").addEventListener("change", ({ target }) => {
    const worth = Number(target.value);
    change({ worth: target.value !== "" && Number.isFinite(worth) && worth >= 0 ? worth : null });
  });

  /* Which links open in a year: a stop of the slider says what it changes. */
  const openings = (text, { year: chosen, level, month, scenario }) => {
    const { opened } = atlas.world(level, month, scenario);
    const links = [...opened.keys()].filter((link) => opened[link] === chosen);
    if (links.length === 0) { return ""; }
    const names = text.list(links.slice(0, NAMED).map((link) => linkName(text, atlas, link)));
    const rest = links.length - NAMED;
    return text.say("opens", { list: rest > 0 ? text.say("and_more", { list: names, count: rest }) : names });
  };

  const setYear = (view, text) => {
    years = [null, ...atlas.yearsUnder(view.scenario)];
    if (!years.includes(view.year)) { years = [...years, view.year].sort((a, b) => (a === null ? -1 : b === null ? 1 : a - b)); }
    year.max = years.length - 1;
    year.value = years.indexOf(view.year);
    const asOf = data.about.as_of.slice(0, 4);
    const today = text.say("today") + (asOf ? text.say("in_brackets", { list: asOf }) : "");
    const word = view.year === null ? today : String(view.year);
    year.setAttribute("aria-valuetext", word);
    put(find("cac-year-shown"), word);
    put(find("cac-openings"), view.year === null ? "" : openings(text, view));
  };

  const chooseFamilies = () => {
    const chosen = families.filter((family) => find(`cac-mode-${family}`).checked);
    change({ modes: chosen.length === families.length ? [] : chosen });
  };

  /* The boxes are written once a language, and keep the focus. */
  const writeModes = (text) => {
    find("cac-modes").lang = text.language;
    find("cac-modes").replaceChildren(
      make("legend", {}, text.say("modes")),
      ...families.map((family) => {
        const box = make("input", { type: "checkbox", id: `cac-mode-${family}`, autocomplete: "off" });
        box.addEventListener("change", chooseFamilies);
        return make("label", {}, box, " ", text.unit(`family_${family}`).replace(/^family_/, ""));
      }),
    );
  };

  const setModes = (view, text) => {
    if (find("cac-modes").lang !== text.language) { writeModes(text); }
    const isChosen = (family) => view.modes.length === 0 || view.modes.includes(family)
      || data.modes.some((mode) => mode.family === family && view.modes.includes(mode.id));
    families.forEach((family) => { find(`cac-mode-${family}`).checked = isChosen(family); });
  };

  /* What is supposed: a scenario of the data, with its note. */
  const setScenario = (view, text) => {
    const scenarios = [...atlas.scenarios.values()];
    find("cac-scenario").parentElement.hidden = scenarios.length === 0;
    fill(find("cac-scenario"), [["", text.say("no_scenario")], ...scenarios.map(({ id }) => [id, text.scenario(id)])], view.scenario || "");
    put(find("cac-supposed"), view.scenario === null ? "" : atlas.scenarios.get(view.scenario).note);
  };

  /* The value of an hour, where it counts; what hours are worth to goods is offered. */
  const setWorth = (view, text) => {
    find("cac-worth").parentElement.hidden = view.criterion !== "generalised";
    find("cac-worth").value = worthOf(atlas, view);
    put(find("cac-goods"), Object.entries(data.money.goods).map(([goods, worth]) => {
      return `${text.unit(`goods_${goods}`).replace(/^goods_/, "")}: ${text.number(worth)}`;
    }).join(" \u00b7 "));
  };

  /* The states in the order of the alphabet of each language; sorting them takes as long as a search. */
  const sorted = new Map();
  const statesBy = (text) => {
    if (!sorted.has(text.language)) {
      const named = data.states.map(({ id }, number) => [id, text.state(number)]);
      sorted.set(text.language, named.sort(([, one], [, other]) => one.localeCompare(other, text.language)));
    }
    return sorted.get(text.language);
  };

  const setThrough = (view, text) => {
    const states = statesBy(text).filter(([id]) => !view.through.includes(id));
    fill(find("cac-through"), [["", text.say("choose_state")], ...states], "");
  };

  const set = (view, text) => {
    const months = Array.from({ length: 12 }, (_, month) => [month + 1, text.month(month + 1)]);
    fill(find("cac-month"), [["", text.say("any_month")], ...months], view.month === null ? "" : String(view.month));
    fill(find("cac-level"), Object.keys(data.network.levels).map((level) => [level, text.say(`level_${level}`)]), view.level);
    fill(find("cac-criterion"), atlas.criteria.map((name) => [name, text.unit(`criterion_${name}`)]), view.criterion);
    [setYear, setModes, setScenario, setWorth, setThrough].forEach((each) => each(view, text));
  };
  return { set };
};
