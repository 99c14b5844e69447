/* Published figures beside the answers of the page: each at its own conditions, by the rules of cacorridor.validation.claims. */

import { legsOf } from "./journey.mjs";
import { chanceWithin } from "./measures.mjs";
import { findRoute, worldOf } from "./routes.mjs";

const LENGTH_TOLERANCE = 0.06;  /* a published length within 6 % of that of the network agrees with it */
const TRUCK = "usd_truck";  /* a price for another load than that of the page */
const ABOVE_BELOW = {
  promised: ["optimistic", "pessimistic"],
  observed: ["slower", "quicker"],
  km: ["longer", "shorter"],
  usd: ["dearer", "cheaper"],
};

/* The published figures as a list of { id, origin, destination, ... }. */
export const claimsOf = ({ claims: { columns, rows } }) => rows.map((row) => {
  return Object.fromEntries(columns.map((name, at) => [name, row[at]]));
});

/* The question that a figure answers. */
export const claimQuestion = (claim) => ({
  origin: claim.origin,
  destination: claim.destination,
  via: claim.via.filter((place) => place !== claim.origin && place !== claim.destination),
  through: [],
  states: [],
  links: [],
  added: [],
  year: claim.as_of,
  month: null,
  scenario: null,
  level: claim.level || "express",
  modes: claim.modes.length > 0 ? claim.modes : null,
  criterion: claim.what === "km" ? "length" : "time",
  worth: 0,
});

/* Why no way can be set beside a figure; empty if one can. */
const incomparable = ({ what, level, year, set_aside }) => {
  if (what === TRUCK) { return "load"; }
  if (what === "usd") { return set_aside ? "aside" : year ? "" : "year"; }
  return what === "h" && !level ? (set_aside ? "aside" : "level") : "";
};

/* Set a figure beside the answer: { kind, model, low, high, factor, chance, route }; kind is the verdict. */
export const judge = (atlas, claim) => {
  const reason = incomparable(claim);
  if (reason) { return { kind: "none", reason }; }
  const route = findRoute(atlas, claimQuestion(claim));
  if (route === null) { return { kind: "none", reason: "way" }; }
  const finding = { km: judgeLength, h: judgeHours, usd: judgePrice }[claim.what](atlas, claim, route);
  return claim.set_aside ? { ...finding, kind: "none", reason: "aside" } : finding;
};

const verdict = (kind, agrees, factor) => (agrees ? "agrees" : ABOVE_BELOW[kind][factor > 1 ? 0 : 1]);

/* A length stands beside the nearer bound. */
const judgeLength = (atlas, { low, high }, route) => {
  const km = route.totals.length;
  const factor = km / Math.min(Math.max(km, low), high);
  return { route, model: km, low: km, high: km, factor, kind: verdict("km", Math.abs(factor - 1) <= LENGTH_TOLERANCE, factor) };
};

const judgeHours = (atlas, claim, route) => {
  const [low, high] = route.rangeBy("time");
  const middle = (claim.low + claim.high) / 2;
  const factor = route.totals.time / middle;
  return {
    route,
    model: route.totals.time,
    low,
    high,
    factor,
    chance: chanceWithin(worldOf(atlas, route.question), route.steps, claim.high),
    kind: verdict(claim.standing, low <= middle && middle <= high, factor),
  };
};

/* Prices stand beside dollars of their year. */
const judgePrice = (atlas, claim, route) => {
  const worth = atlas.data.money.dollars[claim.year];
  if (worth === undefined || !("cost" in route.totals)) { return { kind: "none", reason: "prices" }; }
  const [model, low, high] = [route.totals.cost, ...route.rangeBy("cost")].map((usd) => usd / worth);
  const middle = (claim.low + claim.high) / 2;
  return { route, model, low, high, factor: model / middle, kind: verdict("usd", low <= middle && middle <= high, model / middle) };
};

/* What would have to be true for the expected hours to keep a promise: the longest stop shorter, else all of them,
   else no stop at all and a quicker run. Hours taken from a way leave it the best, so it need not be searched again. */
export const whatItTakes = (atlas, route, limit) => {
  const excess = route.totals.time - limit;
  if (excess <= 0) { return null; }
  const stops = legsOf(atlas, route).filter(({ kind }) => kind !== "run");
  const longest = stops.reduce((most, stop) => (most === null || stop.hours > most.hours ? stop : most), null);
  if (longest && longest.hours > excess) {
    return { kind: "one", place: longest.from, stop: longest.kind, before: longest.hours, after: longest.hours - excess };
  }
  const before = stops.reduce((sum, { hours }) => sum + hours, 0);
  if (before > excess) { return { kind: "all", before, after: before - excess }; }
  const running = route.totals.time - before;
  return { kind: "run", stops: before, before: running, after: limit };
};
