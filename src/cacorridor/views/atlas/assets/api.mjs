/* Questions by id: what tests, and people who embed the page, ask of it. */

import { GENERALISED } from "./measures.mjs";
import { explainAbsence, findRoute } from "./routes.mjs";

/* Numbers of things by id. */
export const numbersOf = (ids) => new Map(ids.map((id, number) => [id, number]));

/* Everything that ids can name. */
export const indexOf = ({ data, linkIds }) => ({
  places: numbersOf(data.places.id),
  states: numbersOf(data.states.map(({ id }) => id)),
  links: numbersOf(linkIds),
  modes: data.modes,
});

/* Links that close with a place: those over a border and those by sea, for a post or a port. */
export const linksClosedWith = (atlas, place) => {
  const { links, modes } = atlas.data;
  const [from, to, mode] = [links.from, links.to, links.mode].map(atlas.read);
  return Array.from(mode, (_, link) => link).filter((link) => {
    const isThere = from[link] === place || to[link] === place;
    const leaves = atlas.stateOf[from[link]] !== atlas.stateOf[to[link]];
    return isThere && (leaves || modes[mode[link]].id === atlas.data.sea);
  });
};

/* The numbers of the modes that words name: modes or families of them; null for all. */
const modesOf = (index, words) => {
  if (!words || words.length === 0) { return null; }
  const wanted = words.map(String);
  const unknown = wanted.find((word) => !index.modes.some(({ id, family }) => word === id || word === family));
  if (unknown !== undefined) { throw new RangeError(`unknown mode ${unknown}`); }
  const chosen = index.modes.map(({ id, family }, number) => (wanted.includes(id) || wanted.includes(family) ? number : -1));
  const numbers = chosen.filter((number) => number >= 0);
  return numbers.length === index.modes.length ? null : numbers;
};

const choose = (word, allowed, name) => {
  if (!allowed.includes(word)) { throw new RangeError(`unknown ${name} ${word}; allowed: ${allowed.join(", ")}`); }
  return word;
};

const whole = (value, name) => {
  if (value === null || value === undefined) { return null; }
  if (!Number.isInteger(value)) { throw new RangeError(`${name} ${value}; allowed: a whole number`); }
  return value;
};

/* The numbers of places: known, and open under the scenario. */
const placesOf = (atlas, index, ids, scenario) => ids.map((place) => {
  if (!index.places.has(place)) { throw new RangeError(`unknown place ${place}`); }
  if (atlas.isClosed(place, scenario)) { throw new RangeError(`${place} is closed in this network`); }
  return index.places.get(place);
});

const statesOf = (index, ids) => ids.map((id) => {
  if (!index.states.has(id)) { throw new RangeError(`unknown state ${id}`); }
  return index.states.get(id);
});

/* What ids close: states, links, and the links that close with places. */
const closedBy = (atlas, index, ids) => {
  const [states, links] = [[], []];
  ids.map(String).forEach((id) => {
    if (index.states.has(id)) { states.push(index.states.get(id)); }
    else if (index.links.has(id)) { links.push(index.links.get(id)); }
    else if (index.places.has(id)) { links.push(...linksClosedWith(atlas, index.places.get(id))); }
    else { throw new RangeError(`unknown state, link or place ${id}`); }
  });
  return { states, links };
};

/* Dollars an hour: only generalised cost needs them. */
const worthOf = (criterion, worth) => {
  if (criterion !== GENERALISED.name) { return 0; }
  if (!(Number.isFinite(worth) && worth >= 0)) { throw new RangeError("generalised cost needs value_of_time: dollars an hour"); }
  return worth;
};

/* Refuse what contradicts itself. */
const checkEnds = (atlas, places, { states, through }) => {
  const inside = states.find((state) => places.some((place) => atlas.stateOf[place] === state));
  if (inside !== undefined) { throw new RangeError(`an end lies in ${atlas.data.states[inside].id}, which is closed`); }
  const both = through.find((state) => states.includes(state));
  if (both !== undefined) { throw new RangeError(`${atlas.data.states[both].id} is closed and to be crossed`); }
};

/* Turn ids and words into a question of numbers; what cannot be asked throws a RangeError that says why. */
export const questionOf = (atlas, index, origin, destination, options = {}) => {
  const scenario = options.scenario ? choose(options.scenario, [...atlas.scenarios.keys()], "scenario") : null;
  const [start, end, ...between] = placesOf(atlas, index, [origin, destination, ...(options.via || [])], scenario);
  if (start === end) { throw new RangeError("origin and destination are the same place"); }
  const { states, links } = closedBy(atlas, index, options.closed || []);
  const through = statesOf(index, options.through || []);
  checkEnds(atlas, [start, end, ...between], { states, through });
  const month = whole(options.month, "month");
  if (month !== null && (month < 1 || month > 12)) { throw new RangeError(`month ${month}; allowed: 1 to 12`); }
  const criterion = choose(options.criterion || "time", atlas.criteria, "criterion");
  return {
    origin: start,
    destination: end,
    via: [...new Set(between)].filter((place) => place !== start && place !== end),
    through: [...new Set(through)].sort((one, other) => one - other),
    states,
    links,
    month,
    scenario,
    criterion,
    year: whole(options.year, "year"),
    level: choose(options.level || "express", Object.keys(atlas.data.network.levels), "level"),
    modes: modesOf(index, options.modes),
    worth: worthOf(criterion, options.value_of_time),
    added: Object.entries(options.added || {}).map(([link, hours]) => {
      if (!index.links.has(link)) { throw new RangeError(`unknown link ${link}`); }
      return [index.links.get(link), Math.max(0, Number(hours) || 0)];
    }),
  };
};

/* The totals of a way by the name of their column, with percentiles. */
const totalsByColumn = (atlas, route) => Object.fromEntries(atlas.measures.flatMap(({ name, unit, column }) => {
  const stem = column.replace(new RegExp(`_${unit}$`), "");
  const [low, high] = route.rangeBy(name) || [];
  const bounds = low === undefined ? [] : [[`${stem}_low_${unit}`, low], [`${stem}_high_${unit}`, high]];
  return [[column, route.totals[name]], ...bounds];
}));

/* Answer a question by id: hours with their range, kilometres, every measure, states and links in order of
   travel; or why there is no way. */
export const answer = (atlas, index, origin, destination, options) => {
  let question;
  try {
    question = questionOf(atlas, index, origin, destination, options);
  } catch (error) {
    if (!(error instanceof RangeError)) { throw error; }
    return { why: error.message };
  }
  const route = findRoute(atlas, question);
  if (route === null) { return { why: whyNot(atlas, explainAbsence(atlas, question)) }; }
  const [low, high] = route.rangeBy("time");
  const { states } = atlas.data;
  return {
    hours: route.totals.time,
    hours_low: low,
    hours_high: high,
    km: route.totals.length,
    totals: totalsByColumn(atlas, route),
    states: route.states.map((state) => states[state].id),
    touches: route.touches.map((state) => states[state].id),
    links: route.links.map((link) => atlas.linkIds[link]),
  };
};

const whyNot = (atlas, { kind, states, links, year }) => {
  if (kind === "closed") {
    const names = [...states.map((one) => atlas.data.states[one].id), ...links.map((one) => atlas.linkIds[one])];
    return `no way while closed: ${names.join(", ")}`;
  }
  return {
    modes: "no way by these modes",
    month: "no way in this month",
    pins: "no way through these places and states",
    scenario: "no way under this scenario",
    year: `no way before ${year}`,
  }[kind] || "no way in this network";
};
