/* Arrays, names and amounts as the data block writes them, undone. */

import assert from "node:assert/strict";
import test from "node:test";
import { joinAmounts, joinNames, reader } from "../../../src/cacorridor/views/atlas/assets/block.mjs";
import { keyOf } from "../../../src/cacorridor/views/atlas/assets/keys.mjs";

const KINDS = ["u1", "i1", "f8"];
const read = (entries, bytes) => [...reader({ kinds: KINDS, entries, content: Uint8Array.from(bytes).buffer })(entries.length - 1)];

test("an array is read as it is, as differences, as things in the order in which they are met", () => {
  assert.deepEqual(read([[0, 3]], [5, 6, 255]), [5, 6, 255]);
  assert.deepEqual(read([[0, 3], [-2, 0]], [10, 1, 4]), [5, 4, 6]);
  assert.deepEqual(read([[1, 6], [-3, 0]], [0, 0, 1, 255, 2, 0]), [0, 1, 0, -1, 1, 2]);
});

test("numbers may stand in slices, and few of them as places in a list", () => {
  const list = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0, 0x3f, 0x40];  /* 1 and 2 */
  assert.deepEqual(read([[2, 2, 1]], list), [1, 2]);
  assert.deepEqual(read([[2, 2, 1], [0, 3, 0], [-1, 0, 1]], [...list, 1, 0, 1]), [2, 1, 2]);
});

test("a name has letters in common with the one before", () => {
  assert.deepEqual(joinNames([0, 4, 2, 0], ["road:a", "o", "il", ""]), ["road:a", "roado", "roil", ""]);
});

test("an amount is kilometres times a factor, and a few units of the last place", () => {
  const [run, stand] = [0.1, 7];
  const amounts = joinAmounts([run, stand], [0, 1, 0], [3, 3, 0], [[4, 4, 4]]);
  assert.deepEqual([...amounts], [3 * 0.1, 3 * 0.1 + 2 ** -54, 7]);
});

test("the factor of a product of figures is its own", () => {
  const amounts = joinAmounts([2, 3, 5], [0, 0, 0, 0], [1, 1, 1, 1], [[0, 1, 0, 0], [-1, 0, 0, -1]]);
  assert.deepEqual([...amounts], [2, 3, 5, 2]);
});

/* Python: hashlib.blake2b(name.encode(), digest_size=16) as a number, its words of 32 bits, the lowest first */
test("the key of a name is Python's", () => {
  assert.deepEqual([...keyOf("abc")], [1965586454, 554289410, 3324742955, 3477780369]);
  assert.deepEqual([...keyOf("")], [2393273968, 1313704053, 3656367424, 3404097857]);
  assert.deepEqual([...keyOf("x".repeat(128))], [3282979150, 3326754416, 706880414, 2269826216]);
  assert.deepEqual([...keyOf("x".repeat(300))], [3982832612, 671874240, 410641426, 3270546404]);
  assert.deepEqual([...keyOf("\u041e\u0448")], [1577160177, 3939698332, 3688927832, 2812090394]);
});
