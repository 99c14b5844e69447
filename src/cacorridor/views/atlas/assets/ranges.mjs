/* The range of a sum of uncertain hours: the sample of cacorridor.costs.ranges, number for number.

   Each figure is lognormal around its mean. What varies together shares one normal number a stratum. The order
   of the strata is the group's own: a shuffle led by the generator Philox 4x64 (Salmon and others 2011) under the
   group's key, so that Python and the page draw the same worlds and read off the same percentiles. */

const ROUNDS = 10;
const WORD = 2 ** 32;

/* Numbers of 64 bits are two words each, the low one first; the multipliers stand where their factors do. */
const MULTIPLIERS = Uint32Array.of(0xe14c6c93, 0xd2e7470e, 0, 0, 0x95121157, 0xca5a8263);
const BUMPS = Uint32Array.of(0x7f4a7c15, 0x9e3779b9, 0x84caa73b, 0xbb67ae85);

/* The high word of a product of two words; the low one is Math.imul. */
const highOf = (a, b) => {
  const a1 = a >>> 16;
  const a0 = a & 0xffff;
  const b1 = b >>> 16;
  const b0 = b & 0xffff;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  return a1 * b1 + (middle >>> 16) + ((a0 * b1 + (middle & 0xffff)) >>> 16);
};

/* Multiply two numbers of 64 bits, which stand in arrays from a place on, into four words. */
const multiplyLong = (product, a, b, i) => {
  const a0 = a[i];
  const a1 = a[i + 1];
  const b0 = b[i];
  const b1 = b[i + 1];
  const second = highOf(a0, b0) + (Math.imul(a0, b1) >>> 0) + (Math.imul(a1, b0) >>> 0);
  const third = (Math.imul(a1, b1) >>> 0) + highOf(a0, b1) + highOf(a1, b0) + Math.floor(second / WORD);
  product[0] = Math.imul(a0, b0);
  product[1] = second;
  product[2] = third;
  product[3] = highOf(a1, b1) + Math.floor(third / WORD);
};

const bump = (key) => {
  for (const i of [0, 2]) {
    const low = key[i] + BUMPS[i];
    key[i + 1] += BUMPS[i + 1] + (low >= WORD ? 1 : 0);
    key[i] = low;
  }
};

const one = new Uint32Array(4);  /* the two products of a round */
const other = new Uint32Array(4);

/* Eight words of the generator for one count, in the order in which numpy hands them out. */
const philox = (count, start) => {
  const key = start.slice();
  const block = Uint32Array.of(count, 0, 0, 0, 0, 0, 0, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    multiplyLong(one, MULTIPLIERS, block, 0);
    multiplyLong(other, MULTIPLIERS, block, 4);
    block[0] = other[2] ^ block[2] ^ key[0];
    block[1] = other[3] ^ block[3] ^ key[1];
    block[2] = other[0];
    block[3] = other[1];
    block[4] = one[2] ^ block[6] ^ key[2];
    block[5] = one[3] ^ block[7] ^ key[3];
    block[6] = one[0];
    block[7] = one[1];
    bump(key);
  }
  return block;
};

/* The whole numbers below a size in the order of numpy's Generator(Philox(key)).permutation: a shuffle
   from the end, each place below a mask drawn until it is in range.

   key  four words, the lowest first */
export const permutation = (size, key) => {
  let [block, count, at] = [[], 0, 0];
  const draw = () => {
    if (at === block.length) { [block, count, at] = [philox(count + 1, key), count + 1, 0]; }
    at += 1;
    return block[at - 1];
  };
  const order = new Uint16Array(size);
  for (let place = 0; place < size; place += 1) { order[place] = place; }
  for (let last = size - 1; last > 0; last -= 1) {
    const mask = 2 ** (32 - Math.clz32(last)) - 1;
    let place = draw() & mask;
    while (place > last) { place = draw() & mask; }
    [order[last], order[place]] = [order[place], order[last]];
  }
  return order;
};

/* Samples of uncertain hours under one set of groups.

   normals  quantiles of the normal distribution, one a stratum
   keyOf    the key of a group, by its number */
export class Sampler {
  #orders = new Map();

  constructor(normals, keyOf) {
    this.normals = normals;
    this.keyOf = keyOf;
  }

  /* The order of the strata of a group. */
  orderOf(group) {
    if (!this.#orders.has(group)) { this.#orders.set(group, permutation(this.normals.length, this.keyOf(group))); }
    return this.#orders.get(group);
  }

  /* A figure in each stratum as a share of its mean; loadings are [group, sd of the logarithm]. */
  sample(loadings) {
    const logs = new Float64Array(this.normals.length);
    let shift = 0;  /* so that the mean is 1 */
    loadings.filter(([, sd]) => sd > 0).forEach(([group, sd]) => {
      const order = this.orderOf(group);
      for (let at = 0; at < logs.length; at += 1) { logs[at] += sd * this.normals[order[at]]; }
      shift += (sd * sd) / 2;
    });
    for (let at = 0; at < logs.length; at += 1) { logs[at] = Math.exp(logs[at] - shift); }
    return logs;
  }
}

/* The quantiles of a sum of terms { hours, sample }. */
export const quantiles = (terms, shares) => {
  const sums = new Float64Array(terms.length > 0 ? terms[0].sample.length : 1);
  terms.forEach(({ hours, sample }) => {
    for (let at = 0; at < sums.length; at += 1) { sums[at] += hours * sample[at]; }
  });
  sums.sort();
  return shares.map((share) => between(sums, share * (sums.length - 1)));
};

const between = (sorted, position) => {
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
};
