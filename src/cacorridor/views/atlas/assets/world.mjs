/* The network as the data block carries it, turned into what the search reads. */

import { leavingArcs } from "./search.mjs";
import { Sampler } from "./ranges.mjs";

const KINDS = {
  u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, u4: Uint32Array, i4: Int32Array, f8: Float64Array,
};

const bytesOf = (base64) => {
  const text = atob(base64);
  return Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
};

/* Undo the compression of the arrays of a data block. */
export const unpack = async (data) => {
  const stream = new Blob([bytesOf(data.arrays)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return { ...data, arrays: await new Response(stream).json() };
};

/* Read arrays on demand; each is read once. */
export const reader = (entries) => {
  const known = new Map();
  const decode = ({ kind, bytes, of, at }) => {
    if (kind === undefined) {
      const values = read(of);
      return Float64Array.from(read(at), (place) => values[place]);
    }
    return new KINDS[kind](bytesOf(bytes).buffer);
  };
  const read = (number) => {
    if (!known.has(number)) { known.set(number, decode(entries[number])); }
    return known.get(number);
  };
  return read;
};

/* Of ties the quicker way: an hour weighs this many units of a measure that is not time itself. */
const HOUR_IN_A_TIE = 1e-6;

/* The supernetworks of all levels and months over the places of the page. */
export class Atlas {
  #levels = new Map();
  #worlds = new Map();

  constructor(data) {
    this.data = data;
    this.read = reader(data.arrays);
    this.measures = data.network.measures;
    this.linkIds = this.#nameLinks(data);
    this.years = Object.fromEntries(["opened", "closed", "in_service"].map((name) => [name, this.read(data.links[name])]));
    this.stateOf = this.read(data.places.state);
    this.kindOf = Array.from(this.read(data.places.kind), (kind) => data.places.kinds[kind]);
    const keys = this.read(data.network.groups);
    const lower = this.read(data.network.lower_normals);
    const normals = Float64Array.of(...lower, ...lower.slice().reverse().map((value) => -value));
    this.sampler = new Sampler(normals, (group) => keys.subarray(4 * group, 4 * group + 4));
  }

  /* The ids of the links; most are made of mode and ends. */
  #nameLinks({ links, modes, places }) {
    const [mode, from, to] = [links.mode, links.from, links.to].map(this.read);
    const made = (link) => [modes[mode[link]].id, places.id[from[link]], places.id[to[link]]].join(":");
    return Array.from(mode, (_, link) => links.named[link] || made(link));
  }

  /* What does not change from month to month: who leads where, through which states, on which figures. */
  #level(name) {
    if (!this.#levels.has(name)) {
      const level = this.data.network.levels[name];
      const columns = ["node_place", "node_mode", "tail", "head", "steps_each", "kind", "link",
        "state", "component", "figure", "loading_start", "loading_group", "loading_sd"];
      const table = Object.fromEntries(columns.map((column) => [column, this.read(level[column])]));
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
        ...this.years,
        touches,
        nodesAt,
        leaving: leavingArcs(table.tail, table.node_place.length),
        arcsIn: arcsBy(table, table.state),
        arcsOf: arcsBy(table, table.link),
        sampleOf: this.#samplesOf(table),
        ranges: new Map(),
      });
    }
    return this.#levels.get(name);
  }

  /* The samples of the figures of a level, each drawn once. */
  #samplesOf({ loading_start, loading_group, loading_sd }) {
    const samples = new Map();
    return (component) => {
      if (!samples.has(component)) {
        const own = [loading_start[component], loading_start[component + 1]];
        const loadings = Array.from(loading_group.subarray(...own), (group, at) => [group, loading_sd[own[0] + at]]);
        samples.set(component, this.sampler.sample(loadings));
      }
      return samples.get(component);
    };
  }

  /* The supernetwork of a level in a month (null: the year as a whole): amounts of each step, arcs that are there. */
  world(level, month) {
    const table = this.#level(level);
    const own = this.data.network.levels[level];
    const changes = own.months.findIndex(({ months }) => months.includes(month));
    const key = level + changes;
    if (!this.#worlds.has(key)) {
      this.#worlds.set(key, { ...table, ...this.#inMonth(own, table, own.months[changes]) });
    }
    return this.#worlds.get(key);
  }

  #inMonth(own, table, change) {
    const there = new Uint8Array(table.tail.length).fill(1);
    const component = table.component.slice();
    const amounts = Object.fromEntries(this.measures.map(({ name }) => [name, this.read(own.amounts[name]).slice()]));
    if (change) {
      this.read(change.absent).forEach((arc) => { there[arc] = 0; });
      const rows = this.read(change.steps);
      this.read(change.component).forEach((number, at) => { component[rows[at]] = number; });
      this.measures.forEach(({ name }) => {
        this.read(change.amounts[name]).forEach((amount, at) => { amounts[name][rows[at]] = amount; });
        this.read(change.gone).forEach((step) => { amounts[name][step] = 0; });
      });
    }
    const weights = Object.fromEntries(this.measures.map((measure) => [measure.name, weigh(table, amounts, measure)]));
    return { there, component, amounts, weights, standing: new Map() };
  }
}

/* The arcs that have a step with each value of a column. */
const arcsBy = ({ start, tail }, column) => {
  const arcs = new Map();
  tail.forEach((_, arc) => {
    new Set(column.subarray(start[arc], start[arc + 1])).forEach((value) => {
      if (!arcs.has(value)) { arcs.set(value, []); }
      arcs.get(value).push(arc);
    });
  });
  return (value) => arcs.get(value) || [];
};

/* What each arc weighs by a measure: the sum over its steps. */
const weigh = ({ start, tail }, amounts, { name }) => {
  const weight = (step) => amounts[name][step] + (name === "time" ? 0 : HOUR_IN_A_TIE * amounts.time[step]);
  return Float64Array.from(tail, (_, arc) => {
    let sum = weight(start[arc]);
    for (let step = start[arc] + 1; step < start[arc + 1]; step += 1) { sum += weight(step); }
    return sum;
  });
};
