/* What adds up along a way: kilometres, hours, dollars, kilograms, and dollars with hours at a price. */

import { quantiles } from "./ranges.mjs";

const LOW = 0.1;
const HIGH = 0.9;
const NO_FIGURE = -1;
const GRAMS_A_KG = 1000;
const HOUR_IN_A_TIE = 1e-6;  /* of ties the quicker way: what an hour weighs beside a measure that is not time */

/* The columns of amounts, each with those of the figures whose product it is. */
export const FIGURES_OF = {
  km: [], hours: ["component"], usd: ["price"], usd_per_h: ["hour_price"], grams: ["energy", "carbon"],
};
export const AMOUNT_COLUMNS = Object.keys(FIGURES_OF);
export const FIGURE_COLUMNS = Object.values(FIGURES_OF).flat();

/* Dollars, and hours at a value of time: a measure once the value is known. */
export const GENERALISED = { name: "generalised", unit: "usd", column: "generalised_usd" };

/* The parts of a measure at a step: [amount, figures whose product it is]. */
const PARTS = {
  length: ({ km }, step) => [[km[step], []]],
  time: ({ hours, component }, step) => [[hours[step], [component[step]]]],
  cost: ({ usd, usd_per_h, hours, price, hour_price, component }, step) => [
    [usd[step], [price[step]]],
    [usd_per_h[step] * hours[step], [hour_price[step], component[step]]],
  ],
  emissions: ({ grams, energy, carbon }, step) => [[grams[step] / GRAMS_A_KG, [energy[step], carbon[step]]]],
  generalised: (columns, step, worth) => [
    ...PARTS.cost(columns, step), [worth * columns.hours[step], [columns.component[step]]],
  ],
};

/* The amount of each step by a measure. */
const AMOUNTS = {
  length: ({ km }) => km,
  time: ({ hours }) => hours,
  cost: ({ usd, usd_per_h, hours }) => usd.map((dollars, step) => dollars + usd_per_h[step] * hours[step]),
  emissions: ({ grams }) => grams.map((each) => each / GRAMS_A_KG),
};

export const amountsOf = (columns, measures) => Object.fromEntries(measures.map(({ name }) => [name, AMOUNTS[name](columns)]));

/* What each arc weighs by a criterion: the sum over its steps. */
export const weigh = ({ start, tail, amounts }, criterion, worth) => {
  const tie = criterion === "time" ? 0 : HOUR_IN_A_TIE;
  const own = criterion === GENERALISED.name ? amounts.cost : amounts[criterion];
  const hour = tie + (criterion === GENERALISED.name ? worth : 0);
  return Float64Array.from(tail, (_, arc) => {
    let sum = 0;
    for (let step = start[arc]; step < start[arc + 1]; step += 1) { sum += own[step] + hour * amounts.time[step]; }
    return sum;
  });
};

/* Whether a measure has percentiles; kilometres have none. */
export const isRanged = (name) => name !== "length";

/* The 10th and 90th percentile of a measure over some steps; hours that a reader adds are certain. */
export const rangeOf = (world, steps, name = "time", worth = 0) => {
  const terms = new Map();
  steps.forEach(({ row }) => PARTS[name](world.columns, row, worth).forEach(([amount, figures]) => {
    const key = figures.filter((figure) => figure !== NO_FIGURE).join();
    terms.set(key, (terms.get(key) || 0) + amount);
  }));
  const added = steps.reduce((sum, step) => sum + step.added, 0);
  const certain = name === "time" ? added : name === GENERALISED.name ? worth * added : 0;
  const bounds = terms.size === 1 ? rangeOfOne(world, ...[...terms][0]) : rangeOfSum(world, terms);
  return bounds.map((bound) => bound + certain);
};

const rangeOfSum = (world, terms) => {
  const sampled = [...terms].map(([key, hours]) => ({ hours, sample: world.sampleOf(key) }));
  return quantiles(sampled, [LOW, HIGH]);
};

/* The range of one figure is that of its sample, whatever its amount. */
const rangeOfOne = (world, key, amount) => {
  if (!world.ranges.has(key)) { world.ranges.set(key, rangeOfSum(world, new Map([[key, 1]]))); }
  return world.ranges.get(key).map((bound) => bound * amount);
};

/* The share of journeys along some steps that take at most so many hours. */
export const chanceWithin = (world, steps, limit) => {
  const hours = new Map();
  steps.forEach(({ row, component }) => {
    hours.set(component, (hours.get(component) || 0) + world.columns.hours[row]);
  });
  const samples = [...hours].map(([component, sum]) => [sum, world.sampleOf(String(component))]);
  const strata = samples[0][1].length;
  let within = 0;
  for (let stratum = 0; stratum < strata; stratum += 1) {
    const total = samples.reduce((sum, [mean, sample]) => sum + mean * sample[stratum], 0);
    within += total <= limit ? 1 : 0;
  }
  return within / strata;
};
