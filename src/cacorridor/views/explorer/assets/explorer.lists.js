/* The explorer, part 8 of 10: the lists of routes and what shortens them, and the years played one after the other. */

// ---------------------------------------------------------------- the lists of routes

if (second) { [...choice.children].forEach((child) => second.append(child.cloneNode(true))); }

const isGroup = (part) => part.tagName === "OPTGROUP";

/* All that the lists offer, in their order; options that a search leaves out are in none of them for a while. */
const lists = [choice, second].filter(Boolean).map((list) => ({
  list,
  parts: [...list.children].map((part) => ({ part, options: isGroup(part) ? [...part.children] : null })),
}));
const optionsOf = ({ parts }) => parts.flatMap(({ part, options }) => options || [part]);

/* What is said of a route in every language: its name, and the pair under which it stands. */
const spokenOf = (option) => {
  const { language } = view;
  const group = option.closest("optgroup");
  const pair = group && (group.dataset.sayLabel === undefined ? group.label : data.phrases[group.dataset.sayLabel]);
  const texts = ["en", ...LANGUAGES].flatMap((each) => {
    view.language = each;
    return [routeName(Number(option.value)), pair ? say(pair) : ""];
  });
  view.language = language;
  return fold(texts.join(" "));  /* as every search of ours compares names, see fold.mjs */
};
const spoken = filter ? optionsOf(lists[0]).map(spokenOf) : [];

const found = () => {
  const words = (filter ? filter.value : "").split(/\s+/).map(fold).filter(Boolean);
  return data.routes.map((_, number) => number).filter((number) => words.every((word) => spoken[number].includes(word)));
};

const nameRoutes = () => lists.forEach((entry) => optionsOf(entry).forEach((option) => {
  if (option.value !== "") { option.textContent = routeName(Number(option.value)); }
  option.disabled = entry.list === second && option.value === String(view.route);
}));

/* Leave in the lists what the search finds, and what is chosen. */
const shortenLists = () => {
  if (!filter) { return; }
  const fits = found();
  const kept = new Set([...fits, view.route, view.second].map(String).concat(""));
  lists.forEach(({ list, parts }) => {
    parts.forEach(({ part, options }) => { if (options) { part.replaceChildren(...options.filter(({ value }) => kept.has(value))); } });
    const { value } = list;
    const stays = ({ part }) => (isGroup(part) ? part.childElementCount > 0 : kept.has(part.value));
    list.replaceChildren(...parts.filter(stays).map(({ part }) => part));
    list.value = value;
  });
  const counted = { count: String(fits.length), all: String(data.routes.length) };
  find("cac-found").textContent = filter.value.trim() === "" ? "" : fill("{count} of {all} routes", counted);
};

/* From the search to what it found: Enter takes the first route, the arrow goes to the list. */
const takeFound = (event) => {
  if (event.key === "ArrowDown") {
    event.preventDefault();
    choice.focus();
  }
  const [first] = found();
  if (event.key === "Enter" && first !== undefined) { choose(first); }
};

// ---------------------------------------------------------------- years

const STEP_MS = 1500;  /* between two years that are played */
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");  /* nothing then moves by itself */
let timer = 0;

const sayPlayer = () => {
  if (!player) { return; }
  const offered = calm.matches ? "Next year" : "Play the years";
  player.textContent = t(timer === 0 ? offered : "Stop");
};

const stop = () => {
  window.clearTimeout(timer);
  timer = 0;
  sayPlayer();
};

/* Show the stop after this one, from the last one the first year; at the end, or at a year that the reader chose, it ends. */
const step = (expected) => {
  const last = data.years.length - 1;
  if (timer !== 0 && (view.year !== expected || expected === last)) { stop(); return; }
  const next = view.year === last ? 1 : view.year + 1;
  if (!calm.matches) { timer = window.setTimeout(() => step(next), STEP_MS); }
  change({ year: next });
};

const play = () => {
  if (timer === 0) { step(view.year); } else { stop(); }
};
