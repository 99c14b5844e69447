/* One spelling for many: names as every search compares them. Python's network/spelling.py has the same rule,
   and one table of tests (tests/views/test_folding.py) holds both to it. */

/* Letters that Unicode does not take apart into a plain one and an accent. */
const LETTERS = {
  "\u0131": "i", "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00e6": "ae",
  "\u0153": "oe", "\u03c2": "\u03c3",
};
const WHOLE = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/* What is no letter or digit, and marks that Unicode calls letters: apostrophes, the stroke of Arabic. */
const SIGNS = /[^\p{L}\p{N}]|[\u02b9-\u02bf\u02ee\u0640]/gu;

/* Fold case, accents, signs and spaces: xian finds Xi'an, bialystok Białystok. */
export const fold = (name) => {
  /* down, up and down again, as ẞ, ß and SS are one letter */
  const small = name.toLowerCase().toUpperCase().toLowerCase();
  const plain = small.replace(WHOLE, (letter) => LETTERS[letter]);
  return plain.normalize("NFKD").replace(SIGNS, "");
};
