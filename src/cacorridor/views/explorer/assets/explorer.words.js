/* The explorer, part 2 of 10: what is said, in the language chosen. */

const LANGUAGES = ["ru", "zh"];  /* in the order of the catalogue; English is what the phrases are written in */
const LISTS = { en: ", ", ru: ", ", zh: "\u3001" };

/* Parts that only stand one after the other: Chinese needs no space between them, and has marks of its own. */
const JOINTS = { " ": "", ", ": "\uff0c", "; ": "\uff1b", ": ": "\uff1a" };
const ONLY_PARTS = /^\{\w+\}([,;:]? \{\w+\})+$/;
const joined = (template) => template.replace(/\}([,;:]? )\{/g, (_, joint) => `}${JOINTS[joint]}{`);

const t = (english) => {
  const known = data.words[english];
  const at = LANGUAGES.indexOf(view.language);
  const own = at >= 0 && known && known[at];
  return own || (view.language === "zh" && ONLY_PARTS.test(english) ? joined(english) : english);
};

const NUMBER = "\\d+(,\\d{3})*(\\.\\d+)?";
const NUMERAL = new RegExp("^[<+\\-\u2212]?\\s?" + NUMBER + "((\u2013| \u2026 [+\u2212])" + NUMBER + ")?%?$");

/* A figure as the language writes it: Russian has a space between thousands and before %, a comma before decimals. */
const numeral = (text) => {
  if (view.language !== "ru" || !NUMERAL.test(text)) { return text; }
  return text.replaceAll(",", "\u00a0").replaceAll(".", ",").replace("%", "\u00a0%");
};

/* A place's or a state's name in the language chosen, else in English. */
const nameOf = (thing) => thing[view.language] || thing.name;
const languageOf = (thing) => (thing[view.language] ? view.language : "en");
const stateOf = Object.fromEntries(data.states.map((state) => [state.id, state]));
const named = (code) => (stateOf[code] ? nameOf(stateOf[code]) : code);

/* Say what Python wrote: a text, a list, a state, a name in three languages, or a template and its fields. */
const say = (part) => {
  if (typeof part === "string") { return numeral(part); }
  if (Array.isArray(part)) { return part.map(say).join(LISTS[view.language]); }
  if (part.s !== undefined) { return named(part.s); }
  if (part.n !== undefined) { return part.n[1 + LANGUAGES.indexOf(view.language)] || part.n[0]; }
  const template = typeof part.t === "number" ? data.templates[part.t] : part.t;
  return t(template).replace(/\{(\w+)\}/g, (whole, field) => (field in part ? say(part[field]) : whole));
};
const fill = (english, parts) => say({ t: english, ...parts });
/* A figure with its unit; money has its currency in front. */
const withUnit = (figure, unit) => fill(data.units[unit] || "{figure} " + unit, { figure });

/* Say again all that stands in the page itself. */
const sayPage = () => {
  document.documentElement.lang = view.language;
  document.querySelectorAll("[data-say]").forEach((element) => { element.textContent = say(data.phrases[element.dataset.say]); });
  document.querySelectorAll("[data-say-label]").forEach((element) => {
    element.setAttribute(element.tagName === "OPTGROUP" ? "label" : "aria-label", say(data.phrases[element.dataset.sayLabel]));
  });
  document.querySelectorAll("[data-t]").forEach((element) => {
    element.dataset.t = element.dataset.t || element.textContent;
    element.textContent = t(element.dataset.t);
  });
  document.querySelectorAll("[data-t-label]").forEach((element) => {
    element.dataset.tLabel = element.dataset.tLabel || element.getAttribute("aria-label");
    element.setAttribute("aria-label", t(element.dataset.tLabel));
  });
  document.querySelectorAll(".cac-ask").forEach((link) => {  /* the explorer opens in the language of this page */
    const address = link.getAttribute("href").replace(/&lang=\w+$/, "");
    link.setAttribute("href", view.language === "en" ? address : address + "&lang=" + view.language);
  });
  const heading = document.querySelector("h1");
  if (heading) { document.title = heading.textContent; }
};
