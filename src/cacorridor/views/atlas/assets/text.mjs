/* Words and figures in the language of the reader. */

import { LANGUAGES } from "./address.mjs";

/* Formats cost more to make than to use, so each is made once. */
const formats = new Map();
const format = (kind, language, options) => {
  const key = kind.name + language + JSON.stringify(options);
  if (!formats.has(key)) { formats.set(key, new kind(language, options)); }
  return formats.get(key);
};

/* What is said in one language. */
export class Text {
  constructor(data, language) {
    this.data = data;
    this.language = language;
    this.at = LANGUAGES.indexOf(language);
  }

  /* A phrase with its {names} filled in. */
  say(key, values = {}) {
    const phrase = this.data.words[key] ? this.data.words[key][this.at] : key;
    const filled = phrase.replace(/\{(\w+)\}/g, (_, name) => (name in values ? String(values[name]) : ""));
    return filled.replace(/\.\.$/, ".");  /* an abbreviation at the end of a sentence */
  }

  has(key) { return key in this.data.words; }

  /* What stands between two sentences. */
  get gap() { return this.language === "zh" ? "" : " "; }

  scenario(id) { return this.data.network.scenarios.find((each) => each.id === id).names[this.at]; }

  list(names) { return names.join(this.language === "zh" ? "\u3001" : ", "); }

  state(number) { return this.data.states[number] ? this.data.states[number].names[this.at] : ""; }

  place(number) { return this.data.places.names[this.at][number] || this.data.places.names[0][number]; }

  mode(number) { return this.data.modes[number].names[this.at]; }

  month(number) {
    return format(Intl.DateTimeFormat, this.language, { month: "long" }).format(new Date(2024, number - 1, 15));
  }

  /* A figure with as many digits as it deserves: 1,234 or 12 or 3.4. */
  number(value, sign = "auto") {
    if (!Number.isFinite(value)) { return this.say("not_known"); }
    const digits = Math.abs(value) >= 9.95 ? 0 : 1;
    const written = format(Intl.NumberFormat, this.language, { maximumFractionDigits: digits, signDisplay: sign }).format(value);
    return written.replace("-", "\u2212");
  }

  share(value, digits = 0) {
    return format(Intl.NumberFormat, this.language, { style: "percent", maximumFractionDigits: digits }).format(value);
  }

  unit(name) { return this.has(name) ? this.say(name) : name; }

  ends(from, to) { return this.say("ends", { from: this.place(from), to: this.place(to) }); }

  /* A figure with its unit; Chinese has no space between them. */
  with(written, unit) { return `${written}${this.gap && "\u00a0"}${this.unit(unit)}`; }

  /* An amount of a measure { unit }. */
  amount(measure, value, sign = "auto") { return this.with(this.number(value, sign), measure.unit); }

  /* What a closure adds: an amount, nothing or no way. */
  price(measure, added) {
    if (added === Infinity) { return this.say("cut_off"); }
    return added < 0.05 ? this.say("nothing") : this.amount(measure, added, "exceptZero");
  }
}

/* Bounds of the classes in which the price of a closure is shown, as shares of what the way costs. */
const CLASSES = [0.02, 0.15, 0.5, 1];

/* The class of a price: 0 next to nothing, up to 4; "cut" where no way is left. */
export const priceClass = (added, base) => {
  if (added === Infinity) { return "cut"; }
  const at = CLASSES.findIndex((bound) => added < bound * base);
  return at < 0 ? CLASSES.length : at;
};
