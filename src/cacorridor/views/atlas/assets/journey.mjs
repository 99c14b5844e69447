/* What is said of a way: whom it crosses and bypasses, what it differs in, its legs. */

import { findRoute, worldOf } from "./routes.mjs";

/* The same question with nothing closed, supposed or pinned, and no hours added. */
export const openQuestion = (question) => ({ ...question, states: [], links: [], added: [], via: [], through: [], scenario: null });

/* States on the best way of the pair that this way keeps out of; it never depends on what else is drawn. */
export const compare = (atlas, route) => {
  const best = findRoute(atlas, openQuestion(route.question)) || route;  /* a scenario may open the only way */
  const all = (way) => [...new Set([...way.states, ...way.touches])];
  return {
    best,
    bypassed: all(best).filter((state) => !all(route).includes(state)),
    gained: all(route).filter((state) => !all(best).includes(state)),
    isSame: best.path.join() === route.path.join() && best.totals.time === route.totals.time,  /* a scenario may quicken it */
  };
};

/* The share of the hours that rests on assumed figures, or is supposed by the reader. */
export const assumedShare = (atlas, route) => {
  const world = worldOf(atlas, route.question);
  const { basis, texts } = atlas.data.network.figures;
  const bases = atlas.read(basis);
  const isAssumed = (step) => texts.basis[bases[world.figure[step.component]]] === "assumed";
  const hours = route.steps.reduce((sum, step) => sum + (isAssumed(step) ? step.hours : step.added), 0);
  return hours / route.totals.time;
};

/* What is known of the figure behind a step. */
export const figureOf = (atlas, route, step) => {
  const world = worldOf(atlas, route.question);
  const { figures } = atlas.data.network;
  const row = world.figure[step.component];
  const text = (name) => figures.texts[name][atlas.read(figures[name])[row]];
  return {
    value: atlas.read(figures.value)[row],
    year: atlas.read(figures.year)[row] || null,
    unit: text("unit"),
    basis: text("basis"),
    source: text("source"),
    note: text("note"),
  };
};

/* The legs of a route: its steps by one mode, over one border, at one transfer, in one wait. */
export const legsOf = ({ data }, route) => {
  const legs = [];
  route.steps.filter((step) => step.hours > 0 || step.km > 0).forEach((step) => {
    const kind = data.network.kinds[step.kind];
    const last = legs[legs.length - 1];
    const joins = last && last.kind === kind && (kind === "run" ? last.mode === step.mode : last.steps[0].link === step.link);
    if (joins && kind !== "transfer") {
      last.steps.push(step);
      last.to = step.to;
    } else {
      legs.push({ kind, mode: step.mode, from: step.from, to: step.to, steps: [step] });
    }
  });
  return legs.map((leg) => ({
    ...leg,
    hours: leg.steps.reduce((sum, step) => sum + step.hours, 0),
    km: leg.steps.reduce((sum, step) => sum + step.km, 0),
  }));
};

/* How the hours of a way divide: under way, and standing at borders, at transfers, in waits. */
export const splitOf = ({ data }, route) => {
  const split = { run: 0, border: 0, transfer: 0, wait: 0 };
  route.steps.forEach(({ kind, hours, added }) => {
    const name = data.network.kinds[kind];
    split[name in split ? name : "wait"] += hours - added;
    split.wait += added;
  });
  return split;
};

/* The hours more at a link from which on another way is better; Infinity if there is none. */
export const breakEven = (atlas, route, link) => {
  const added = route.question.added.filter(([own]) => own !== link);
  const here = findRoute(atlas, { ...route.question, added });
  const other = findRoute(atlas, { ...route.question, added, links: [...route.question.links, link] });
  return other === null ? Infinity : other.totals.time - here.totals.time;
};

/* What the closure of each crossing and each ship of a route adds, by link. */
export const linkPrices = (atlas, route) => {
  const value = (way) => way.totals[way.question.criterion];
  const { links, modes, sea } = atlas.data;
  const mode = atlas.read(links.mode);
  const own = route.links.filter((link) => route.crossings.includes(link) || modes[mode[link]].id === sea);
  return new Map(own.map((link) => {
    const other = findRoute(atlas, { ...route.question, links: [...route.question.links, link] });
    return [link, other === null ? Infinity : value(other) - value(route)];
  }));
};
