/* The network as the data block carries it, turned into what the search reads. */

import { joinAmounts, joinNames, reader } from "./block.mjs";
import { keyOf } from "./keys.mjs";
import { AMOUNT_COLUMNS, FIGURES_OF, FIGURE_COLUMNS, GENERALISED, amountsOf, weigh } from "./measures.mjs";
import { leavingArcs } from "./search.mjs";
import { Sampler } from "./ranges.mjs";

const TOPOLOGY = ["node_place", "node_mode", "tail", "head", "steps_each", "kind", "link", "state"];
const LOADINGS = ["figure", "groups", "loading_start", "loading_group", "loading_sd"];
const YEARS = ["opened", "closed", "in_service"];

/* The supernetworks of all levels, months and scenarios over the places of the page. */
export class Atlas {
  #levels = new Map();
  #worlds = new Map();

  constructor(data) {
    this.data = data;
    this.read = reader(data.arrays);
    this.measures = data.network.measures;
    this.linkIds = this.#nameLinks(data);
    this.years = Object.fromEntries(YEARS.map((name) => [name, this.read(data.links[name])]));
    this.stateOf = this.read(data.places.state);
    this.kindOf = Array.from(this.read(data.places.kind), (kind) => data.places.kinds[kind]);
    this.scenarios = new Map(data.network.scenarios.map((scenario) => [scenario.id, scenario]));
    this.groups = joinNames(this.read(data.network.groups.common), data.network.groups.rests);
    const lower = this.read(data.network.lower_normals);
    const normals = Float64Array.of(...lower, ...lower.slice().reverse().map((normal) => -normal));
    this.sampler = new Sampler(normals, (group) => keyOf(this.groups[group]));
  }

  /* The ids of the links; most are made of mode and ends. */
  #nameLinks({ links, modes, places }) {
    const [mode, from, to] = [links.mode, links.from, links.to].map(this.read);
    const made = (link) => [modes[mode[link]].id, places.id[from[link]], places.id[to[link]]].join(":");
    return Array.from(mode, (_, link) => links.named[link] || made(link));
  }

  /* What a question may call best, and its measure. */
  get criteria() { return [...this.measures.map(({ name }) => name), ...(this.measureOf("cost") ? [GENERALISED.name] : [])]; }

  measureOf(criterion) { return [...this.measures, GENERALISED].find(({ name }) => name === criterion); }

  /* Dollars that an hour is taken to be worth where the reader has not said: that of general goods, as the data know it. */
  get usualWorth() {
    const [first = 0] = Object.values(this.data.money.goods);
    return this.data.money.goods.general === undefined ? first : this.data.money.goods.general;
  }

  /* Years at which a link opens or is gone, under a scenario or as things are. */
  yearsUnder(scenario) { return scenario ? this.scenarios.get(scenario).years : this.data.years; }

  /* Whether nothing may begin, end or pass at a place. */
  isClosed(place, scenario) {
    const { closed } = this.data.places;
    return closed.includes(place) || Boolean(scenario && this.scenarios.get(scenario).closed_places.includes(place));
  }

  /* What does not change from month to month: who leads where, through which states, on which figures. */
  #level(name) {
    if (!this.#levels.has(name)) {
      const level = this.data.network.levels[name];
      const table = Object.fromEntries([...TOPOLOGY, ...LOADINGS].map((column) => [column, this.read(level[column])]));
      const start = new Uint32Array(table.tail.length + 1);
      table.steps_each.forEach((count, arc) => { start[arc + 1] = start[arc] + count; });
      table.start = start;
      const touches = new Uint8Array(table.kind.length);
      this.read(level.touching).forEach((step) => { touches[step] = 1; });
      const nodesAt = new Map();
      table.node_place.forEach((place, node) => {
        nodesAt.set(place, [...(nodesAt.get(place) || []), node]);
      });
      this.#levels.set(name, {
        ...table,
        columns: this.#columnsOf(level),
        touches,
        nodesAt,
        leaving: leavingArcs(table.tail, table.node_place.length),
        arriving: leavingArcs(table.head, table.node_place.length),
        arcsIn: arcsBy(table, table.state, () => true),
        arcsStoppingIn: arcsBy(table, table.state, (step) => touches[step] === 0),
        arcsOf: arcsBy(table, table.link, () => true),
        sampleOf: this.#samplesOf(table),
        ranges: new Map(),
      });
    }
    return this.#levels.get(name);
  }

  /* The amounts of some steps, and the numbers of the figures that they rest on. */
  #columnsOf(written) {
    const columns = {};
    [...FIGURE_COLUMNS, ...AMOUNT_COLUMNS].filter((name) => name in written).forEach((name) => {
      const own = written[name];
      const figures = () => FIGURES_OF[name].map((figure) => columns[figure]);
      columns[name] = Array.isArray(own) ? joinAmounts(...own.map(this.read), columns.km, figures()) : this.read(own);
    });
    return columns;
  }

  /* The samples of products of figures of a level, each drawn once; the key is their numbers. */
  #samplesOf({ groups, loading_start, loading_group, loading_sd }) {
    const samples = new Map();
    return (key) => {
      if (!samples.has(key)) {
        const loadings = new Map();  /* logarithms add */
        key.split(",").filter(Boolean).map(Number).forEach((figure) => {
          for (let at = loading_start[figure]; at < loading_start[figure + 1]; at += 1) {
            const group = groups[loading_group[at]];
            loadings.set(group, (loadings.get(group) || 0) + loading_sd[at]);
          }
        });
        samples.set(key, this.sampler.sample([...loadings]));
      }
      return samples.get(key);
    };
  }

  /* The supernetwork of a level in a month (null: the year as a whole) and under a scenario (null: as things are):
     amounts of each step, arcs that are there. */
  world(level, month = null, scenario = null) {
    const own = this.data.network.levels[level];
    const under = scenario ? this.scenarios.get(scenario) : null;
    const changes = [...own.months, ...(under ? under.levels[level] : [])].filter(({ months }) => months.includes(month));
    const first = own.months.findIndex(({ months }) => months.includes(month));
    const key = [level, under ? `m${month}` : first, scenario || ""].join("/");
    if (!this.#worlds.has(key)) { this.#worlds.set(key, this.#changed(this.#level(level), changes, under)); }
    return this.#worlds.get(key);
  }

  #changed(table, changes, under) {
    const names = Object.keys(table.columns);
    const columns = { ...table.columns };
    const there = new Uint8Array(table.tail.length).fill(1);
    if (changes.length > 0) { names.forEach((name) => { columns[name] = widen(columns[name]); }); }
    changes.forEach((change) => {
      this.read(change.arcs).forEach((arc) => { there[arc] = 1; });
      this.read(change.absent).forEach((arc) => { there[arc] = 0; });
      const rows = this.read(change.rows);
      Object.entries(this.#columnsOf(change)).forEach(([name, column]) => {
        column.forEach((each, at) => { columns[name][rows[at]] = each; });
      });
      this.read(change.gone).forEach((row) => {
        names.filter((name) => AMOUNT_COLUMNS.includes(name)).forEach((name) => { columns[name][row] = 0; });
      });
    });
    const amounts = amountsOf(columns, this.measures);
    const weights = new Map();
    const weightsBy = (criterion, worth) => {
      const key = `${criterion}/${worth}`;
      if (!weights.has(key)) { weights.set(key, weigh({ ...table, amounts }, criterion, worth)); }
      return weights.get(key);
    };
    return { ...table, ...this.#yearsOf(under), there, columns, component: columns.component, amounts, weightsBy, standing: new Map() };
  }

  /* When each link is in service, under a scenario. */
  #yearsOf(under) {
    if (under === null) { return this.years; }
    const links = this.read(under.links);
    return Object.fromEntries(YEARS.map((name) => {
      const years = this.years[name].slice();
      this.read(under[name]).forEach((year, at) => { years[links[at]] = year; });
      return [name, years];
    }));
  }
}

/* A copy that can hold any number of its kind: a change may need more than the shortest kind that held the rest. */
const widen = (numbers) => (numbers instanceof Float64Array ? numbers.slice() : Int32Array.from(numbers));

/* The arcs that have a step with each value of a column, of the steps that count. */
const arcsBy = ({ start, tail }, column, counts) => {
  const arcs = new Map();
  tail.forEach((_, arc) => {
    const met = new Set();
    for (let step = start[arc]; step < start[arc + 1]; step += 1) { if (counts(step)) { met.add(column[step]); } }
    met.forEach((value) => {
      if (!arcs.has(value)) { arcs.set(value, []); }
      arcs.get(value).push(arc);
    });
  });
  return (value) => arcs.get(value) || [];
};
