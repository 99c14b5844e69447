/* The explorer, part 7 of 10: the legend; an entry that is pressed says what it stands for, and the rest steps back. */

const signs = [...document.querySelectorAll(".cac-legend li")];
const meaning = document.querySelector(".cac-told");
const [STATES, LINES, RIVALS, STOPS] = ["path[data-state]", "path.cac-line", "path.cac-rival", ".cac-stop"];
let pressed = "";
let pressedIn = "";  /* the view in which it was pressed, whatever its language */
let meanings = new Map();  /* of each sign in sight: { names, among, isOf }: which of what is drawn is meant */

const endsNamed = (link) => link.ends.map((end) => nameOf(data.places[end])).join(" \u2013 ");
const notOpen = (link) => statusOf(link) !== "o";

const statesOf = (relation) => ({
  names: states.filter(({ id }) => relations[id] === relation).map(nameOf),
  among: STATES,
  isOf: ({ dataset }) => dataset.relation === relation,
});
const lineOf = (mode, own) => ({
  names: [withUnit(figure(own.filter((link) => link.mode === mode).reduce((sum, link) => sum + link.km, 0)), "km")],
  among: LINES,
  isOf: ({ dataset }) => dataset.mode === mode,
});
/* Other routes of the comparison that run on some links. */
const rivalsOn = (found, letter) => ({
  names: data.routes.map((_, number) => number)
    .filter((number) => number !== view.route && wayDrawn(number).links.some((index) => found.includes(index))).map(routeName),
  among: RIVALS,
  isOf: ({ dataset }) => dataset.status === letter,
});
const marksOf = (isMeant, isOf) => ({
  names: posts.filter(isMeant).flatMap((post) => post.stops.map(({ place }) => nameOf(place))), among: STOPS, isOf,
});

/* What each sign stands for in this view; a sign that is not here is not in sight. */
const readMeanings = () => {
  const own = wayDrawn(view.route).links.map((index) => links[index]);
  const rivals = [...rivalLinks()];
  const found = new Map(Object.values(relations).map((relation) => [relation, statesOf(relation)]));
  own.forEach(({ mode }) => found.set(`mode-${mode}`, lineOf(mode, own)));
  if (own.some(notOpen)) { found.set("hollow", { names: own.filter(notOpen).map(endsNamed) }); }
  if (view.second >= 0) { found.set("second", { names: [routeName(view.second)] }); }
  Object.entries({ o: "rival", c: "rival-c", p: "rival-p" }).forEach(([letter, sign]) => {
    const on = rivals.filter((index) => statusOf(links[index]) === letter);
    if (on.length > 0) { found.set(sign, rivalsOn(on, letter)); }
  });
  posts.forEach(({ kind }) => found.set(kind, marksOf((post) => post.kind === kind, ({ dataset }) => dataset.kind === kind)));
  if (posts.some(({ transfer }) => transfer)) {
    found.set("transfer", marksOf(({ transfer }) => transfer, ({ dataset }) => "transfer" in dataset));
  }
  return found;
};

/* What the pressed sign stands for stays as it is; the rest of its kind steps back. */
const applyLegend = () => {
  const meant = meanings.get(pressed);
  mapNode.querySelectorAll([STATES, LINES, RIVALS, STOPS].join()).forEach((node) => {
    node.classList.toggle("cac-dim", Boolean(meant && meant.among && node.matches(meant.among) && !meant.isOf(node)));
  });
  signs.forEach((item) => {
    item.firstElementChild.setAttribute("aria-pressed", String(Boolean(meant) && item.dataset.sign === pressed));
  });
  meaning.textContent = meant ? [...new Set(meant.names)].join(LISTS[view.language]) : "";
};

/* The legend explains what is in sight, and nothing else; what was pressed in another view no longer is. */
const showLegend = () => {
  const now = JSON.stringify({ ...view, language: "", told: "" });
  if (now !== pressedIn) { pressed = ""; }
  pressedIn = now;
  meanings = readMeanings();
  signs.forEach((item) => { item.hidden = !meanings.has(item.dataset.sign); });
  applyLegend();
};

signs.forEach((item) => item.firstElementChild.addEventListener("click", () => {
  pressed = item.dataset.sign === pressed ? "" : item.dataset.sign;
  applyLegend();
}));
