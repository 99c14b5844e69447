/* The data block of the page, undone: words as JSON, arrays as typed arrays, each read once. */

const TYPES = {
  u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, u4: Uint32Array, i4: Int32Array, f8: Float64Array,
};
/* What stands for the kind of an array that is written by others: places in a list of its numbers, differences from
   the number before (the lowest bit is the sign), or numbers of things in the order in which they are met: nought is
   the next new one. */
const PLACES = -1;
const DIFFERENCES = -2;
const MEETINGS = -3;
const MOST_FIGURES = 2 ** 24;  /* of a level, so that the numbers of two are one */
const HEAD = 4;  /* bytes that tell how long the words are */

/* Five letters are four bytes: the digits of a number in base 85, as Python writes it; <, > and & have stand-ins. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~";
const digitOf = new Uint8Array(128);
[...DIGITS].forEach((letter, digit) => { digitOf[letter.charCodeAt(0)] = digit; });

export const bytesOf = (text) => {
  const whole = text.padEnd(5 * Math.ceil(text.length / 5), "~");
  const bytes = new DataView(new ArrayBuffer((whole.length / 5) * 4));
  for (let at = 0; at < whole.length; at += 5) {
    let number = 0;
    for (let next = at; next < at + 5; next += 1) { number = number * 85 + digitOf[whole.charCodeAt(next)]; }
    bytes.setUint32((at / 5) * 4, number);
  }
  return bytes.buffer.slice(0, bytes.byteLength - (whole.length - text.length));
};

/* Undo the compression of a data block. */
export const unpack = async (text) => {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const packed = await new Response(stream).arrayBuffer();
  const end = HEAD + new DataView(packed).getUint32(0, true);
  const data = JSON.parse(new TextDecoder().decode(new Uint8Array(packed, HEAD, end - HEAD)));
  return { ...data, arrays: { ...data.arrays, content: packed.slice(end) } };
};

/* Sliced numbers stand by bytes: the first byte of each, then the second. */
const joinSlices = (content, start, count, width) => {
  const slices = new Uint8Array(content, start, width * count);
  const bytes = new Uint8Array(width * count);
  for (let part = 0; part < width; part += 1) {
    for (let number = 0; number < count; number += 1) { bytes[width * number + part] = slices[part * count + number]; }
  }
  return bytes.buffer;
};

/* Undo the form of an array: the arrays that it is written by, as the pool in Python says. */
const FORMS = {
  [PLACES]: (list, places) => new Float64Array(places.length).map((_, at) => list[places[at]]),
  [DIFFERENCES]: (steps) => {
    let sum = 0;
    return new Int32Array(steps).map((step) => { sum += step & 1 ? ~(step >>> 1) : step >>> 1; return sum; });
  },
  [MEETINGS]: (codes) => {
    let met = 0;
    return new Int32Array(codes).map((code) => {
      if (code === 0) { met += 1; return met - 1; }
      return code < 0 ? code : code - 1;
    });
  },
};

/* Read arrays by their numbers. */
export const reader = ({ kinds, entries, content }) => {
  const known = new Map();
  let last = 0;
  const starts = entries.map(([kind, count]) => {
    const start = last;
    last += kind < 0 ? 0 : TYPES[kinds[kind]].BYTES_PER_ELEMENT * count;
    return start;
  });
  const decode = (number) => {
    const [kind, ...rest] = entries[number];
    if (kind < 0) { return FORMS[kind](...rest.map(read)); }
    const [type, [count, isSliced]] = [TYPES[kinds[kind]], rest];
    const [start, width] = [starts[number], type.BYTES_PER_ELEMENT];
    return new type(isSliced ? joinSlices(content, start, count, width) : content.slice(start, start + width * count));
  };
  const read = (number) => {
    if (!known.has(number)) { known.set(number, decode(number)); }
    return known.get(number);
  };
  return read;
};

/* Names that are written as how many letters each has in common with the one before, and the rest. */
export const joinNames = (common, rests) => {
  let name = "";
  return rests.map((rest, at) => {
    name = name.slice(0, common[at]) + rest;
    return name;
  });
};

/* Amounts that are written as factors: kilometres, of what runs, times the factor of the product of figures that
   a step rests on, in the order in which products are met; units of the last place are what rounding left. */
export const joinAmounts = (factors, units, km, figures) => {
  const products = new Map();
  const amounts = new Float64Array(km.length);
  for (let step = 0; step < amounts.length; step += 1) {
    let key = km[step] > 0 ? 1 : 0;
    for (let at = 0; at < figures.length; at += 1) { key = key * MOST_FIGURES + figures[at][step] + 1; }
    if (!products.has(key)) { products.set(key, factors[products.size]); }
    amounts[step] = products.get(key) * (km[step] > 0 ? km[step] : 1);
  }
  const bits = new BigInt64Array(amounts.buffer);
  units.forEach((unit, step) => { if (unit !== 0) { bits[step] += BigInt(unit); } });
  return amounts;
};
