/* What a reader sets: year, month, service level, modes, what is best. */

import { linkName, make } from "./panel.mjs";

const NAMED = 3;  /* links that a year names at most */

const fill = (select, options, chosen) => {
  select.replaceChildren(...options.map(([value, label]) => make("option", { value }, label)));
  select.value = chosen;
};

/* Set up the controls; the result writes them anew for a view. */
export const makeControls = ({ find, data, atlas, change }) => {
  const years = [null, ...data.years];
  const families = [...new Set(data.modes.map(({ family }) => family))];
  const year = find("cac-year");
  year.max = years.length - 1;
  year.addEventListener("change", () => change({ year: years[Number(year.value)] }));
  find("cac-month").addEventListener("change", ({ target }) => change({ month: Number(target.value) || null }));
  find("cac-level").addEventListener("change", ({ target }) => change({ level: target.value }));
  find("cac-criterion").addEventListener("change", ({ target }) => change({ criterion: target.value }));

  /* Which links open in a year: a stop of the slider says what it changes. */
  const openings = (text, chosen) => {
    const opened = atlas.read(data.links.opened);
    const links = [...opened.keys()].filter((link) => opened[link] === chosen);
    if (links.length === 0) { return ""; }
    const names = text.list(links.slice(0, NAMED).map((link) => linkName(text, atlas, link)));
    const rest = links.length - NAMED;
    return text.say("opens", { list: rest > 0 ? text.say("and_more", { list: names, count: rest }) : names });
  };

  const chooseFamilies = () => {
    const chosen = families.filter((family) => find(`cac-mode-${family}`).checked);
    change({ modes: chosen.length === families.length ? [] : chosen });
  };

  const drawModes = (view, text) => {
    const isChosen = (family) => view.modes.length === 0 || view.modes.includes(family)
      || data.modes.some((mode) => mode.family === family && view.modes.includes(mode.id));
    find("cac-modes").replaceChildren(
      make("legend", {}, text.say("modes")),
      ...families.map((family) => {
        const box = make("input", { type: "checkbox", id: `cac-mode-${family}`, autocomplete: "off" });
        box.checked = isChosen(family);
        box.addEventListener("change", chooseFamilies);
        return make("label", {}, box, " ", text.unit(`family_${family}`).replace(/^family_/, ""));
      }),
    );
  };

  const set = (view, text) => {
    const at = years.findIndex((each) => each === view.year);
    year.value = Math.max(0, at);
    const word = view.year === null ? text.say("today") : String(view.year);
    year.setAttribute("aria-valuetext", word);
    find("cac-year-shown").textContent = word;
    find("cac-openings").textContent = view.year === null ? "" : openings(text, view.year);
    const months = Array.from({ length: 12 }, (_, month) => [month + 1, text.month(month + 1)]);
    fill(find("cac-month"), [["", text.say("any_month")], ...months], view.month === null ? "" : String(view.month));
    fill(find("cac-level"), Object.keys(data.network.levels).map((level) => [level, text.say(`level_${level}`)]), view.level);
    fill(find("cac-criterion"), atlas.measures.map(({ name }) => [name, text.unit(`criterion_${name}`)]), view.criterion);
    drawModes(view, text);
  };
  return { set };
};
