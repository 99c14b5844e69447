/* The data block of the page, undone: words as JSON, arrays as typed arrays, each read once. */

const TYPES = {
  u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, u4: Uint32Array, i4: Int32Array, f8: Float64Array,
};
const PLACES = -1;  /* the kind of an array that is written as places in a list */
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

/* Numbers of eight bytes stand in slices: the first byte of each, then the second. */
const joinSlices = (content, at, count) => {
  const slices = new Uint8Array(content, at, 8 * count);
  const bytes = new Uint8Array(8 * count);
  for (let part = 0; part < 8; part += 1) {
    for (let number = 0; number < count; number += 1) { bytes[8 * number + part] = slices[part * count + number]; }
  }
  return bytes.buffer;
};

/* Read arrays by their numbers. */
export const reader = ({ kinds, entries, content }) => {
  const known = new Map();
  let last = 0;
  const starts = entries.map(([kind, count]) => {
    const start = last;
    last += kind === PLACES ? 0 : TYPES[kinds[kind]].BYTES_PER_ELEMENT * count;
    return start;
  });
  const decode = (number) => {
    const [kind, count, places] = entries[number];
    if (kind === PLACES) {
      const list = read(count);
      return Float64Array.from(read(places), (place) => list[place]);
    }
    const type = TYPES[kinds[kind]];
    const [start, end] = [starts[number], starts[number] + type.BYTES_PER_ELEMENT * count];
    return new type(type === Float64Array ? joinSlices(content, start, count) : content.slice(start, end));
  };
  const read = (number) => {
    if (!known.has(number)) { known.set(number, decode(number)); }
    return known.get(number);
  };
  return read;
};
