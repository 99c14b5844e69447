/* The key of what varies together: BLAKE2b (RFC 7693) of its name, 128 bits, as cacorridor.costs.ranges has it.

   The page carries the names, which compress, and not the keys, which do not. Numbers of 64 bits are two words
   each, the low one first. */

const WORD = 2 ** 32;
const BLOCK = 128;  /* bytes that are mixed in at once */
const SIZE = 16;  /* bytes of the key */
const ROUNDS = 12;

const START = Uint32Array.of(
  0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a,
  0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
);
/* Which numbers of a block each round mixes in, one digit a number. */
const ORDERS = [
  "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
  "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
].map((digits) => [...digits].map((digit) => 2 * Number.parseInt(digit, 16)));
/* The columns of the state, then its diagonals. */
const LANES = [
  [0, 8, 16, 24], [2, 10, 18, 26], [4, 12, 20, 28], [6, 14, 22, 30],
  [0, 10, 20, 30], [2, 12, 22, 24], [4, 14, 16, 26], [6, 8, 18, 28],
];

const add = (to, at, from, other) => {
  const low = to[at] + from[other];
  to[at] = low;
  to[at + 1] += from[other + 1] + (low >= WORD ? 1 : 0);
};

/* Combine a number with another and turn it to the right by some bits. */
const turn = (state, at, other, bits) => {
  const [one, two] = [state[at] ^ state[other], state[at + 1] ^ state[other + 1]];
  const [low, high] = bits < 32 ? [one, two] : [two, one];
  const by = bits % 32;  /* a shift by 32 is none */
  state[at] = by ? (low >>> by) | (high << (32 - by)) : low;
  state[at + 1] = by ? (high >>> by) | (low << (32 - by)) : high;
};

const mix = (state, [a, b, c, d], block, first, second) => {
  add(state, a, state, b);
  add(state, a, block, first);
  turn(state, d, a, 32);
  add(state, c, state, d);
  turn(state, b, c, 24);
  add(state, a, state, b);
  add(state, a, block, second);
  turn(state, d, a, 16);
  add(state, c, state, d);
  turn(state, b, c, 63);
};

/* Mix a block into the sum of those before; read is how many bytes stand up to its end. */
const compress = (sum, block, read, isLast) => {
  const state = Uint32Array.of(...sum, ...START);
  state[24] ^= read;
  if (isLast) { [state[28], state[29]] = [~state[28], ~state[29]]; }
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = ORDERS[round % ORDERS.length];
    LANES.forEach((lanes, at) => mix(state, lanes, block, order[2 * at], order[2 * at + 1]));
  }
  for (let at = 0; at < sum.length; at += 1) { sum[at] ^= state[at] ^ state[at + sum.length]; }
};

/* The key of a name: four words, the lowest first. */
export const keyOf = (name) => {
  const bytes = new TextEncoder().encode(name);
  const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK));
  const padded = new DataView(new ArrayBuffer(blocks * BLOCK));
  new Uint8Array(padded.buffer).set(bytes);
  const sum = START.slice();
  sum[0] ^= 0x01010000 ^ SIZE;
  for (let at = 0; at < blocks; at += 1) {
    const block = Uint32Array.from({ length: BLOCK / 4 }, (_, word) => padded.getUint32(at * BLOCK + 4 * word, true));
    const isLast = at === blocks - 1;
    compress(sum, block, isLast ? bytes.length : (at + 1) * BLOCK, isLast);
  }
  /* the first byte is the highest of the key */
  const key = new DataView(new ArrayBuffer(SIZE));
  for (let word = 0; word < SIZE / 4; word += 1) { key.setUint32(4 * word, sum[word], true); }
  return Uint32Array.from({ length: SIZE / 4 }, (_, word) => key.getUint32(SIZE - 4 - 4 * word));
};
