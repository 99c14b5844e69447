/* Ranges of sums whose answer is known. */

import assert from "node:assert/strict";
import test from "node:test";
import { Sampler, permutation, quantiles } from "../../../src/cacorridor/views/atlas/assets/ranges.mjs";

/* numpy 2: Generator(Philox(key=5 + (7 << 64))).permutation(10) */
test("the shuffle is numpy's", () => {
  assert.deepEqual([...permutation(10, Uint32Array.of(5, 0, 7, 0))], [7, 6, 3, 1, 4, 8, 0, 5, 9, 2]);
});

const STRATA = [-1.5, -0.5, 0.5, 1.5];
const sampler = new Sampler(Float64Array.from(STRATA), (group) => Uint32Array.of(group, 1, 2, 3));

test("what does not vary has no range", () => {
  assert.deepEqual(quantiles([{ hours: 5, sample: sampler.sample([]) }], [0.1, 0.9]), [5, 5]);
  assert.deepEqual(quantiles([], [0.1, 0.9]), [0, 0]);
});

test("one figure is lognormal around its mean", () => {
  const [low, high] = quantiles([{ hours: 10, sample: sampler.sample([[1, 0.4]]) }], [0, 1]);
  assert.ok(Math.abs(low - 10 * Math.exp(-0.6 - 0.08)) < 1e-12);
  assert.ok(Math.abs(high - 10 * Math.exp(0.6 - 0.08)) < 1e-12);
});

test("what varies together adds up, what varies apart evens out", () => {
  const term = (group) => ({ hours: 10, sample: sampler.sample([[group, 0.4]]) });
  const width = (terms) => {
    const [low, high] = quantiles(terms, [0, 1]);
    return high - low;
  };
  assert.ok(Math.abs(width([term(1), term(1)]) - 2 * width([term(1)])) < 1e-12);
  assert.ok(width([term(1), term(2)]) < 2 * width([term(1)]));
});
