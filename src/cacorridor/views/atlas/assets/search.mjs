/* The best way through the network: Dijkstra's algorithm on typed arrays, with ties broken as in Python. */

/* Nodes that wait, the cheapest first; of equals the one with the lower number. */
class Queue {
  #costs = [];
  #nodes = [];

  get size() { return this.#nodes.length; }

  /* What the cheapest node costs. */
  get cost() { return this.#costs[0]; }

  push(cost, node) {
    let at = this.#nodes.length;
    for (let parent = (at - 1) >> 1; at > 0 && this.#isBehind(parent, cost, node); parent = (at - 1) >> 1) {
      this.#put(at, this.#costs[parent], this.#nodes[parent]);
      at = parent;
    }
    this.#put(at, cost, node);
  }

  /* Take out the cheapest node: the last one sinks from its place to where it belongs. */
  pop() {
    const first = this.#nodes[0];
    const cost = this.#costs.pop();
    const node = this.#nodes.pop();
    const { size } = this;
    if (size === 0) { return first; }
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      const next = child + 1;
      if (next < size && this.#isBehind(child, this.#costs[next], this.#nodes[next])) { child = next; }
      if (this.#isBehind(child, cost, node)) { break; }
      this.#put(at, this.#costs[child], this.#nodes[child]);
      at = child;
    }
    this.#put(at, cost, node);
    return first;
  }

  #put(at, cost, node) {
    this.#costs[at] = cost;
    this.#nodes[at] = node;
  }

  /* Whether what stands at a place comes after a node. */
  #isBehind(at, cost, node) {
    return this.#costs[at] > cost || (this.#costs[at] === cost && this.#nodes[at] > node);
  }
}

/* The arcs that leave each node, in the order of the table: those of node n stand from first[n] to first[n + 1]. */
export const leavingArcs = (tail, nodes) => {
  const first = new Uint32Array(nodes + 1);
  tail.forEach((node) => { first[node + 1] += 1; });
  for (let node = 0; node < nodes; node += 1) { first[node + 1] += first[node]; }
  const next = first.slice();
  const arcs = new Uint32Array(tail.length);
  tail.forEach((node, arc) => {
    arcs[next[node]] = arc;
    next[node] += 1;
  });
  return { first, arcs };
};

/* Search from some nodes until one is reached that ends the search: what each node costs, and the arc that leads to it.

   graph    { tail, head, leaving }: where each arc begins and ends, and the arcs that leave each node
   weight   of each arc, not negative
   usable   1 for each arc that is there
   Of two equal ways to a node the one found first stays; arcs are tried in the order of the table. */
const grow = ({ head, leaving }, weight, usable, starts, isEnd) => {
  const nodes = leaving.first.length - 1;
  const costTo = new Float64Array(nodes).fill(Infinity);
  const cameBy = new Int32Array(nodes).fill(-1);
  const queue = new Queue();
  starts.forEach((node) => {
    costTo[node] = 0;
    queue.push(0, node);
  });
  while (queue.size > 0) {
    const { cost } = queue;
    const node = queue.pop();
    if (isEnd(node)) { return { costTo, cameBy, end: node }; }
    if (cost > costTo[node]) { continue; }
    for (let at = leaving.first[node]; at < leaving.first[node + 1]; at += 1) {
      const arc = leaving.arcs[at];
      const further = cost + weight[arc];
      if (usable[arc] && further < costTo[head[arc]]) {
        costTo[head[arc]] = further;
        cameBy[head[arc]] = arc;
        queue.push(further, head[arc]);
      }
    }
  }
  return { costTo, cameBy, end: null };
};

/* Find the best path from any of some nodes to any of some others, as its arcs in order of travel, or null. */
export const shortestPath = (graph, weight, usable, starts, goals) => {
  const isGoal = new Uint8Array(graph.leaving.first.length - 1);
  goals.forEach((node) => { isGoal[node] = 1; });
  const { cameBy, end } = grow(graph, weight, usable, starts, (node) => isGoal[node] === 1);
  return end === null ? null : walkBack(cameBy, graph.tail, end);
};

/* Find the best paths from any of some nodes to all others at once: a function of goals that gives the path. */
export const shortestPaths = (graph, weight, usable, starts) => {
  const { costTo, cameBy } = grow(graph, weight, usable, starts, () => false);
  return (goals) => {
    const nearer = (one, other) => (costTo[other] < costTo[one] || (costTo[other] === costTo[one] && other < one) ? other : one);
    const end = goals.length > 0 ? goals.reduce(nearer) : null;
    return end === null || costTo[end] === Infinity ? null : walkBack(cameBy, graph.tail, end);
  };
};

const walkBack = (cameBy, tail, end) => {
  const path = [];
  for (let node = end; cameBy[node] >= 0; node = tail[cameBy[node]]) { path.push(cameBy[node]); }
  return path.reverse();
};
