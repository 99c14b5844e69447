/* The best way that passes places in order and crosses states: the search in layers of cacorridor.routing.graph.search.

   A layer says which wishes are fulfilled, one bit each: the places first, then the states. The search (A*) is led
   by exact distances to the destination, over the wishes that are open. A way that visits a place in two layers
   doubles back; it is split into two questions, each of which bans one of the visits. */

const SEARCHES = 100;  /* plain searches whose work the splitting may take */

/* Entries that wait, the least first; entries are arrays of numbers, compared one after the other. */
class Heap {
  #entries = [];

  get size() { return this.#entries.length; }

  push(entry) {
    const heap = this.#entries;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(heap[at], heap[parent])) { return; }
      [heap[at], heap[parent]] = [heap[parent], heap[at]];
      at = parent;
    }
  }

  pop() {
    const heap = this.#entries;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length > 0) {
      heap[0] = last;
      let at = 0;
      for (;;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < heap.length && before(heap[child], heap[least])) { least = child; }
        }
        if (least === at) { break; }
        [heap[at], heap[least]] = [heap[least], heap[at]];
        at = least;
      }
    }
    return first;
  }
}

const before = (one, other) => {
  for (let at = 0; at < one.length; at += 1) { if (one[at] !== other[at]) { return one[at] < other[at]; } }
  return false;
};

/* The least cost from each node to any of some nodes that have a cost each: a search against the arcs. */
const distancesTo = ({ tail, arriving }, weight, usable, seeds) => {
  const distance = new Float64Array(arriving.first.length - 1).fill(Infinity);
  const heap = new Heap();
  seeds.forEach((cost, node) => {
    if (cost < Infinity) {
      distance[node] = cost;
      heap.push([cost, node]);
    }
  });
  while (heap.size > 0) {
    const [cost, node] = heap.pop();
    for (let at = arriving.first[node]; cost <= distance[node] && at < arriving.first[node + 1]; at += 1) {
      const arc = arriving.arcs[at];
      const further = cost + weight[arc];
      if (usable[arc] && further < distance[tail[arc]]) {
        distance[tail[arc]] = further;
        heap.push([further, tail[arc]]);
      }
    }
  }
  return distance;
};

/* The layers of one question. */
class Layers {
  visits = 0;

  constructor(world, weight, usable, question) {
    Object.assign(this, { world, weight, usable, ...question });
    this.marks = new Int32Array(world.tail.length);
    this.through.forEach((state, at) => {
      world.arcsStoppingIn(state).forEach((arc) => { this.marks[arc] |= 1 << (this.via.length + at); });
    });
    this.goal = 2 ** (this.via.length + this.through.length) - 1;
    this.#bound();
  }

  /* Exact distances to the destination: over the places still to be passed, and over each state. */
  #bound() {
    const { world, weight, usable, via } = this;
    const seedsAt = (place, cost) => new Map((world.nodesAt.get(place) || []).map((node) => [node, cost(node)]));
    const distances = (seeds) => distancesTo(world, weight, usable, seeds);
    const plain = distances(seedsAt(this.destination, () => 0));
    this.overVia = [plain];
    [...via].reverse().forEach((place) => {
      const [known] = this.overVia;
      this.overVia.unshift(distances(seedsAt(place, (node) => known[node])));
    });
    this.overState = this.through.map((_, at) => {
      const bit = 1 << (via.length + at);
      const seeds = new Map();
      this.marks.forEach((mark, arc) => {
        if (usable[arc] && mark & bit) {
          const cost = weight[arc] + plain[world.head[arc]];
          seeds.set(world.tail[arc], Math.min(cost, seeds.has(world.tail[arc]) ? seeds.get(world.tail[arc]) : Infinity));
        }
      });
      return [bit, distances(seeds)];
    });
  }

  /* How many of the places are passed in a layer. */
  #stretch(layer) {
    let passed = 0;
    while (passed < this.via.length && layer & (1 << passed)) { passed += 1; }
    return passed;
  }

  #boundAt(node, layer) {
    let most = this.overVia[this.#stretch(layer)][node];
    this.overState.forEach(([bit, known]) => { if (!(layer & bit)) { most = Math.max(most, known[node]); } });
    return most;
  }

  /* The shortest way that visits no place in a layer in which it is banned: [cost, [[node, layer, arc], ...]]. */
  shortest(bans) {
    const { world, weight, usable, via, goal } = this;
    const nodes = world.node_place.length;
    const placeOf = world.node_place;
    const banned = (place, layer) => bans.has(place * (goal + 1) + layer);
    if (banned(this.origin, 0)) { return null; }
    const isGoal = new Set(world.nodesAt.get(this.destination) || []);
    const [costTo, cameBy, heap] = [new Map(), new Map(), new Heap()];
    (world.nodesAt.get(this.origin) || []).forEach((node) => {
      costTo.set(node, 0);
      heap.push([this.#boundAt(node, 0), 0, node, 0]);
    });
    while (heap.size > 0) {
      const [bound, cost, node, layer] = heap.pop();
      if (bound === Infinity) { return null; }
      const here = layer * nodes + node;
      if (layer === goal && isGoal.has(node)) { return [cost, this.#follow(cameBy, here)]; }
      if (cost > costTo.get(here)) { continue; }
      this.visits += 1;
      for (let at = world.leaving.first[node]; at < world.leaving.first[node + 1]; at += 1) {
        const arc = world.leaving.arcs[at];
        if (!usable[arc]) { continue; }
        const head = world.head[arc];
        const marked = layer | this.marks[arc];
        const stretch = this.#stretch(marked);
        const reached = stretch < via.length && via[stretch] === placeOf[head] ? marked | (1 << stretch) : marked;
        const there = reached * nodes + head;
        const further = cost + weight[arc];
        if (!banned(placeOf[head], reached) && !(further >= costTo.get(there))) {
          costTo.set(there, further);
          cameBy.set(there, [here, arc]);
          heap.push([further + this.#boundAt(head, reached), further, head, reached]);
        }
      }
    }
    return null;
  }

  #follow(cameBy, end) {
    const nodes = this.world.node_place.length;
    const path = [];
    let here = end;
    for (;;) {
      const [earlier, arc] = cameBy.get(here) || [null, -1];
      path.push({ place: this.world.node_place[here % nodes], layer: Math.floor(here / nodes), arc });
      if (earlier === null) { return path.reverse(); }
      here = earlier;
    }
  }

  /* A place that a way visits in two layers, as two bans, or null. Within one layer a place may return. */
  firstRevisit(path) {
    const seen = new Map();
    for (let at = 0; at < path.length; at += 1) {
      const { place, layer } = path[at];
      if (at === 0 || path[at - 1].place !== place) {
        if (!seen.has(place)) { seen.set(place, layer); }
        if (seen.get(place) !== layer) { return [seen.get(place), layer].map((each) => place * (this.goal + 1) + each); }
      }
    }
    return null;
  }
}

/* The arcs of the best way of a question with places to pass (via) and states to cross (through), or null. */
export const pinnedPath = (world, weight, usable, question) => {
  const layers = new Layers(world, weight, usable, question);
  const first = layers.shortest(new Set());
  const found = first === null ? [] : [{ cost: first[0], path: first[1], bans: new Set() }];
  const heap = new Heap();
  if (first !== null) { heap.push([first[0], 0]); }
  while (heap.size > 0 && layers.visits < SEARCHES * world.node_place.length) {
    const { path, bans } = found[heap.pop()[1]];
    const doubled = layers.firstRevisit(path);
    if (doubled === null) { return path.length > 1 ? path.slice(1).map(({ arc }) => arc) : null; }
    doubled.forEach((ban) => {
      const more = new Set([...bans, ban]);
      const other = layers.shortest(more);
      if (other !== null) { heap.push([other[0], found.push({ path: other[1], bans: more }) - 1]); }
    });
  }
  return null;
};
