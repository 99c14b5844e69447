/* The legend: it explains what the map has and nothing else, and an entry that is pressed says what it stands for. */

import { make, put } from "./panel.mjs";

const [STATES, STOPS, LINES] = ["path[data-state]", ".cac-stop", "path.cac-line"];

/* A short line, as the legend shows it. */
const lineOf = (look) => {
  const [picture, line] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  Object.entries({ width: 30, height: 10, "aria-hidden": "true" }).forEach(([key, each]) => picture.setAttribute(key, each));
  Object.entries({ d: "M0 5H30", ...look }).forEach(([key, each]) => line.setAttribute(key, each));
  picture.append(line);
  return picture;
};

export const makeLegend = (session) => {
  const { atlas, data, drawing } = session;
  const list = document.getElementById("cac-key");
  const told = document.getElementById("cac-told");
  let chosen = "";
  let asked = "";  /* the view that it was chosen in, whatever its language */
  let there = new Map();  /* what each entry stands for: { names, among, isOf }: which of what is drawn on the map */

  /* States by their relation, stops by their kind, modes and assumed hours by their links. */
  const entriesOf = (stretches, closed) => {
    const { text, shown: { relations, stops, route } } = session;
    const found = new Map();
    const add = (key, name, among, isOf) => {
      if (!found.has(key)) { found.set(key, { names: [], among, isOf }); }
      found.get(key).names.push(name);
    };
    relations.forEach((relation, state) => add(relation, text.state(state), STATES, ({ dataset }) => dataset.relation === relation));
    stops.forEach(({ kind, name }) => add(kind, name, STOPS, ({ classList }) => classList.contains(`cac-${kind}`)));
    const ends = (link) => text.ends(...[data.links.from, data.links.to].map((end) => atlas.read(end)[link]));
    stretches.filter(({ isAssumed }) => isAssumed).forEach(({ link }) => add("assumed", ends(link), null));
    closed.forEach((link) => add("shut", ends(link), null));
    [...new Set(stretches.map(({ link }) => drawing.mode[link]))].forEach((mode) => {
      const { id } = data.modes[mode];
      const own = route.steps.filter((step) => step.km > 0 && drawing.mode[step.link] === mode);
      const km = own.reduce((sum, step) => sum + step.km, 0);
      add(id, text.with(text.number(km), "km"), LINES, ({ dataset }) => dataset.mode === id);
    });
    return found;
  };

  const keyOf = (button) => button.parentElement.dataset.key || button.parentElement.dataset.mode;

  /* What an entry stands for stays as it is; the rest of its kind steps back. */
  const apply = () => {
    const entry = there.get(chosen);
    drawing.map.getContainer().querySelectorAll([STATES, STOPS, LINES].join()).forEach((node) => {
      node.classList.toggle("cac-dim", Boolean(entry && entry.among && node.matches(entry.among) && !entry.isOf(node)));
    });
    list.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(Boolean(entry) && keyOf(each) === chosen)));
    put(told, entry ? session.text.list([...new Set(entry.names)]) : "");
  };

  /* The modes of the way, each with its line. */
  const showModes = (modes) => {
    list.querySelectorAll("[data-mode]").forEach((entry) => entry.remove());
    modes.forEach((mode) => {
      const { id, colour, dash } = data.modes[mode];
      const line = lineOf({ stroke: colour, "stroke-width": 4.5, "stroke-dasharray": dash || "none" });
      list.append(make("li", { "data-mode": id }, make("button", { type: "button" }, line, session.text.mode(mode))));
    });
  };

  /* Explain an answer; what was pressed for another one no longer is, but stays in another language. */
  const show = (stretches, closed) => {
    const now = JSON.stringify({ ...session.view, language: "" });
    if (now !== asked) { chosen = ""; }
    asked = now;
    there = entriesOf(stretches, closed);
    showModes([...new Set(stretches.map(({ link }) => drawing.mode[link]))]);
    list.querySelectorAll("[data-key]").forEach((entry) => { entry.hidden = !there.has(entry.dataset.key); });
    apply();
  };

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) { return; }
    chosen = keyOf(button) === chosen ? "" : keyOf(button);
    apply();
  });
  return { show, apply };
};
