/* One question, one answer: what is left of the network, the best way through it, and what is said of that way.

   A question is { origin, destination, via, through, year, month, scenario, level, modes, criterion, worth, states,
   links, added }: places, states and links by number; year, month and scenario may be null; modes an array of
   numbers or null; worth the dollars of an hour; states and links, those that are closed, arrays of numbers; added
   an array of [link, hours]. */

import { GENERALISED, amountAt, isRanged, rangeOf, weighHour } from "./measures.mjs";
import { pinnedPath } from "./pinned.mjs";
import { shortestPath, shortestPaths } from "./search.mjs";

const NO_LINK = -1;

export const worldOf = (atlas, { level, month, scenario }) => atlas.world(level, month, scenario);

/* 1 for each arc in service in a year (null: today), and for each transfer between modes that are served then. */
const openArcs = ({ tail, head, start, link, opened, closed, in_service, node_place }, year) => {
  const served = new Uint8Array(node_place.length);
  const open = Uint8Array.from(tail, (node, arc) => {
    const own = link[start[arc]];
    if (own === NO_LINK) { return 0; }
    const there = year === null ? in_service[own] : opened[own] <= year && year <= closed[own];
    if (there) { served[node] = served[head[arc]] = 1; }
    return there;
  });
  return open.map((there, arc) => there || (link[start[arc]] === NO_LINK && served[tail[arc]] && served[head[arc]]));
};

/* 1 for each arc that is there in a year and by some modes; a world keeps the answers. */
const standingArcs = (world, year, modes) => {
  const key = `${year}/${modes}`;
  if (!world.standing.has(key)) {
    const { tail, start, link, node_mode, there } = world;
    const isBy = (arc) => modes === null || link[start[arc]] === NO_LINK || modes.includes(node_mode[tail[arc]]);
    world.standing.set(key, openArcs(world, year).map((open, arc) => (open && there[arc] && isBy(arc) ? 1 : 0)));
  }
  return world.standing.get(key);
};

/* 1 for each arc that a question leaves. */
export const usableArcs = (world, { year, modes, states, links }) => {
  const usable = standingArcs(world, year, modes).slice();
  states.forEach((state) => world.arcsIn(state).forEach((arc) => { usable[arc] = 0; }));
  links.forEach((link) => world.arcsOf(link).forEach((arc) => { usable[arc] = 0; }));
  return usable;
};

/* What each arc weighs by the criterion of a question, with the hours that it adds at links. */
const weightsOf = (world, question) => {
  const { criterion, worth, added } = question;
  const weights = world.weightsBy(criterion, worth);
  if (added.length === 0) { return weights; }
  const more = weights.slice();
  added.forEach(([link, hours]) => world.arcsOf(link).forEach((arc) => { more[arc] += hours * weighHour(world, arc, question); }));
  return more;
};

/* The arcs of the best way, or null. */
export const bestPath = (atlas, question) => {
  const world = worldOf(atlas, question);
  const [weights, usable] = [weightsOf(world, question), usableArcs(world, question)];
  if (question.via.length + question.through.length > 0) { return pinnedPath(world, weights, usable, question); }
  const [starts, goals] = [question.origin, question.destination].map((place) => world.nodesAt.get(place) || []);
  return shortestPath(world, weights, usable, starts, goals);
};

/* The steps of a path, in order of travel, each with what the reader may ask of it. */
const stepsOf = (world, path, added) => path.flatMap((arc) => {
  const rows = Array.from({ length: world.start[arc + 1] - world.start[arc] }, (_, at) => world.start[arc] + at);
  const runs = rows.map((row) => world.kind[row] === 0);
  const more = added.find(([link]) => link === world.link[rows[0]]);
  const ends = [world.node_place[world.tail[arc]], world.node_place[world.head[arc]]];
  return rows.map((row, at) => {
    const [before, after] = [runs.slice(0, at + 1).includes(true), runs.slice(at).includes(true)];
    return {
      row,
      arc,
      kind: world.kind[row],
      link: world.link[row],
      state: world.state[row],
      mode: world.node_mode[world.head[arc]],
      from: before && !runs[at] ? ends[1] : ends[0],
      to: after && !runs[at] ? ends[0] : ends[1],
      touches: world.touches[row] === 1,
      component: world.component[row],
      hours: world.columns.hours[row] + (more && at === 0 ? more[1] : 0),
      added: more && at === 0 ? more[1] : 0,
      wait: world.waitAt(arc),
      km: world.columns.km[row],
    };
  });
});

const distinct = (list) => [...new Set(list)];

/* Answer a question: the best route, or null. Ranges are computed when they are asked for. */
export const findRoute = (atlas, question) => routeAlong(atlas, question, bestPath(atlas, question));

/* The routes of a question to any destination, by one search: a function of the place. */
export const findRoutes = (atlas, question) => {
  const world = worldOf(atlas, question);
  const starts = world.nodesAt.get(question.origin) || [];
  const pathTo = shortestPaths(world, weightsOf(world, question), usableArcs(world, question), starts);
  return (destination) => routeAlong(atlas, { ...question, destination }, pathTo(world.nodesAt.get(destination) || []));
};

/* What is said of a path, or null where there is none. */
const routeAlong = (atlas, question, path) => {
  if (path === null || path.length === 0) { return null; }
  const world = worldOf(atlas, question);
  const steps = stepsOf(world, path, question.added);
  const sea = atlas.data.states.length;
  const stopping = steps.filter((step) => !step.touches && step.state !== sea).map((step) => step.state);
  const states = stopping.filter((state, at) => state !== stopping[at - 1]);
  const touched = distinct(steps.filter((step) => step.touches).map((step) => step.state));
  const borders = steps.filter((step) => step.kind === 1).map((step) => step.link);
  const ranges = new Map();
  return {
    question,
    path,
    steps,
    states,
    touches: touched.filter((state) => !states.includes(state)),
    links: distinct(steps.map((step) => step.link).filter((link) => link !== NO_LINK)),
    crossings: distinct(borders),
    totals: totalsOf(atlas, world, steps, question.worth),
    rangeBy: (name) => {
      if (!isRanged(name)) { return null; }
      if (!ranges.has(name)) { ranges.set(name, rangeOf(world, steps, name, question.worth)); }
      return ranges.get(name);
    },
  };
};

/* The sum of each measure over some steps, by its name. */
export const totalsOf = (atlas, world, steps, worth) => {
  const totals = Object.fromEntries(atlas.measures.map(({ name }) => {
    return [name, steps.reduce((sum, step) => sum + amountAt(world, name, step), 0)];
  }));
  return "cost" in totals ? { ...totals, [GENERALISED.name]: totals.cost + worth * totals.time } : totals;
};

/* What a question costs by its criterion. */
export const valueOf = (route) => route.totals[route.question.criterion];

/* The states of a route between those of its ends, crossed or touched. */
export const transitStates = (route) => {
  const ends = [route.states[0], route.states[route.states.length - 1]];
  return distinct([...route.states, ...route.touches]).filter((state) => !ends.includes(state));
};

/* Whether a question asks for a state: it is to be crossed, or holds a place to be passed. */
const isAsked = (atlas, { question: { via, through } }, state) => {
  return through.includes(state) || via.some((place) => atlas.stateOf[place] === state);
};

const closable = (atlas, route) => transitStates(route).filter((state) => !isAsked(atlas, route, state));

/* What the closure of each state adds to a route, by state: more of the criterion, Infinity where it cuts off.
   States off the route add nothing and are left out; those of the ends, and those that the question asks for,
   cannot be closed. */
export const bypassPrices = (atlas, route) => new Map(closable(atlas, route).map((state) => {
  const closed = { ...route.question, states: [...route.question.states, state] };
  const other = findRoute(atlas, closed);
  return [state, other === null ? Infinity : valueOf(other) - valueOf(route)];
}));

/* Why there is no way: the closures of which lifting one alone opens it, else the first condition that does. */
export const explainAbsence = (atlas, question) => {
  const opens = (change) => bestPath(atlas, { ...question, ...change }) !== null;
  const without = (list, one) => list.filter((each) => each !== one);
  const states = question.states.filter((one) => opens({ states: without(question.states, one) }));
  const links = question.links.filter((one) => opens({ links: without(question.links, one) }));
  if (states.length + links.length > 0) { return { kind: "closed", states, links }; }
  if ((question.states.length || question.links.length) && opens({ states: [], links: [] })) {
    return { kind: "closed", states: question.states, links: question.links };
  }
  if (question.modes && opens({ modes: null })) { return { kind: "modes" }; }
  if (question.month !== null && opens({ month: null })) { return { kind: "month" }; }
  if (question.via.length + question.through.length > 0 && opens({ via: [], through: [] })) { return { kind: "pins" }; }
  if (question.scenario && opens({ scenario: null })) { return { kind: "scenario" }; }
  const later = atlas.yearsUnder(question.scenario).find((year) => opens({ year }));
  return later === undefined ? { kind: "unconnected" } : { kind: "year", year: later };
};
