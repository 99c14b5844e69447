/* The search on networks that one can draw. */

import assert from "node:assert/strict";
import test from "node:test";
import { leavingArcs, shortestPath } from "../../../src/cacorridor/views/atlas/assets/search.mjs";

/* Build a graph from lines such as "0 1 5": tail, head, weight. */
const draw = (...lines) => {
  const rows = lines.map((line) => line.split(" ").map(Number));
  const tail = Uint16Array.from(rows, ([from]) => from);
  const head = Uint16Array.from(rows, ([, to]) => to);
  const weight = Float64Array.from(rows, ([, , each]) => each);
  const graph = { tail, head, leaving: leavingArcs(tail, 1 + Math.max(...tail, ...head)) };
  const search = (starts, goals, closed = []) => {
    return shortestPath(graph, weight, Uint8Array.from(tail, (_, arc) => (closed.includes(arc) ? 0 : 1)), starts, goals);
  };
  return search;
};

/*    1
     / \       0-1-3: 2 + 2
    0   3      0-2-3: 1 + 4
     \ /
      2    */
const diamond = draw("0 1 2", "1 3 2", "0 2 1", "2 3 4");

test("the cheaper of two ways", () => assert.deepEqual(diamond([0], [3]), [0, 1]));
test("the other one where the cheaper is closed", () => assert.deepEqual(diamond([0], [3], [1]), [2, 3]));
test("no way where both are closed", () => assert.equal(diamond([0], [3], [1, 3]), null));
test("arcs lead in one direction", () => assert.equal(diamond([3], [0]), null));
test("an end is no way", () => assert.deepEqual(diamond([0], [0]), []));

/*  0 --3-- 2        starts 0 and 1, goals 2 and 3
    1 --1-- 3    */
test("the best of several ends", () => assert.deepEqual(draw("0 2 3", "1 3 1")([0, 1], [2, 3]), [1]));

/*    1
     / \       both ways cost 2: node 1 is looked at before node 2
    0   3
     \ /
      2    */
test("of equal ways the one over the lower node", () => {
  assert.deepEqual(draw("0 2 1", "2 3 1", "0 1 1", "1 3 1")([0], [3]), [2, 3]);
});

/*  0 ==1== 1    two arcs of one weight */
test("of equal arcs the first in the table", () => assert.deepEqual(draw("0 1 1", "0 1 1")([0], [1]), [0]));
test("an arc of no weight", () => assert.deepEqual(draw("0 1 0", "1 2 0", "0 2 1")([0], [2]), [0, 1]));

test("as good as trying every way, on random networks", () => {
  let seed = 7;
  const random = (below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 200; round += 1) {
    const lines = Array.from({ length: 14 }, () => `${random(7)} ${random(7)} ${random(10)}`);
    const arcs = lines.map((line) => line.split(" ").map(Number));
    const best = Array(7).fill(Infinity);  /* Bellman and Ford */
    best[0] = 0;
    for (let pass = 0; pass < 7; pass += 1) {
      arcs.forEach(([from, to, each]) => { best[to] = Math.min(best[to], best[from] + each); });
    }
    const path = draw(...lines, "6 6 0")([0], [5]);
    const cost = path === null ? Infinity : path.reduce((sum, arc) => sum + arcs[arc][2], 0);
    assert.equal(cost, best[5]);
  }
});
