/* What stands beside the map: the sentence, prices of closures, legs with their figures. */

import { assumedShare, breakEven, figureOf, legsOf } from "./journey.mjs";
import { GENERALISED, rangeOf } from "./measures.mjs";
import { worldOf } from "./routes.mjs";
import { worthOf } from "./solving.mjs";

export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  Object.entries(properties).forEach(([key, value]) => {
    if (key === "onclick") { element.addEventListener("click", value); }
    else if (value !== null && value !== undefined && value !== false) { element.setAttribute(key, value === true ? "" : value); }
  });
  element.append(...children);
  return element;
};

/* Write a text where another one stands: the same again would cost the page a layout. */
export const put = (node, text) => {
  if (node.textContent !== text) { node.textContent = text; }
};

const button = (text, act, properties = {}) => make("button", { type: "button", onclick: act, ...properties }, text);

const SHARE = "share closed";  /* of time: a unit that is told in per cent */

/* A link by its ends, or by its place where both have one name. */
export const linkName = (text, atlas, link) => {
  const [from, to] = [atlas.read(atlas.data.links.from)[link], atlas.read(atlas.data.links.to)[link]];
  return text.ends(from, to);
};

/* ---------------------------------------------------------------- the sentence */

const CHANGES = ["states", "links", "added", "via", "through"];  /* of a question, by which it is not that of the open network */

/* An amount with its range, if it has one. */
const withRange = (text, route, measure) => {
  const range = route.rangeBy(measure.name);
  const bounds = range === null ? "" : text.say("in_brackets", { list: range.map((bound) => text.number(bound)).join("\u2013") });
  const amount = `${text.amount(measure, route.totals[measure.name])}${bounds}`;
  return measure.name === GENERALISED.name ? text.say("with_hours", { amount }) : amount;
};

/* The measures with hours first; generalised cost where it is what counts. */
const shownMeasures = (atlas, { criterion }) => {
  const first = [...atlas.measures].sort((a, b) => Number(b.name === "time") - Number(a.name === "time"));
  return first.some(({ name }) => name === criterion) ? first : [...first, atlas.measureOf(criterion)];
};

/* The answer in sentences: what it takes, whom it crosses and bypasses, against the open network, on what it rests. */
export const writeAnswer = ({ text, atlas, view }, route, { best, bypassed, gained, isSame }) => {
  const states = (numbers) => text.list(numbers.map((number) => text.state(number)));
  const [time, ...others] = shownMeasures(atlas, route.question);
  const [low, high] = route.rangeBy("time").map((bound) => text.number(bound));
  const ends = { from: text.place(route.question.origin), to: text.place(route.question.destination) };
  const say = (key, numbers) => (numbers.length > 0 ? text.say(key, { list: states(numbers) }) : "");
  const isChanged = CHANGES.some((name) => route.question[name].length > 0) || route.question.scenario !== null;
  const differences = [time, ...others].map((each) => {
    return text.amount(each, route.totals[each.name] - best.totals[each.name], "exceptZero");
  });
  const sentences = [
    say("crosses", route.states),
    say("touches", route.touches),
    isChanged ? (isSame ? text.say("same_way") : text.say("against", { list: text.list(differences) })) : "",
    say("bypasses", bypassed),
    say("gains", gained),
    text.say("assumed", { share: text.share(assumedShare(atlas, route)) }),
  ];
  const terms = [describeConditions(text, atlas, view), others.some(({ name }) => name !== "length") ? text.say("load") : ""];
  return [
    make("h2", {}, text.say("ends", ends)),
    make("p", { class: "cac-figure-line" },
      make("strong", {}, text.amount(time, route.totals.time)), " ",
      make("span", {}, text.say("range", { low, high })),
      make("span", { class: "cac-others" }, ...others.flatMap((each, at) => [
        at > 0 ? " \u00b7 " : "", make("span", { class: "cac-whole-line" }, withRange(text, route, each))]))),
    make("p", { class: "cac-sentence" }, sentences.filter(Boolean).join(text.gap)),
    make("p", { class: "cac-small" }, terms.filter(Boolean).join(text.gap)),
  ];
};

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/* Level, year and month; what is supposed, and the value of an hour where it counts. */
export const describeConditions = (text, atlas, view) => [
  capital(text.say("conditions", {
    level: text.say(`level_${view.level}`),
    year: view.year === null ? text.say("network_today") : text.say("network_of", { year: view.year }),
    month: view.month === null ? text.say("any_month") : text.month(view.month),
  })),
  view.scenario === null ? "" : text.say("supposed", { name: text.scenario(view.scenario) }),
  view.criterion === GENERALISED.name ? text.say("worth_told", { worth: text.number(worthOf(atlas, view)) }) : "",
].filter(Boolean).join(text.gap);

/* Why there is no way. */
export const writeAbsence = ({ text, atlas, index, view }, question, reason) => {
  const ends = { from: text.place(index.places.get(view.origin)), to: text.place(index.places.get(view.destination)) };
  const closed = [
    ...(reason.states || []).map((state) => text.state(state)),
    ...(reason.links || []).map((link) => linkName(text, atlas, link)),
  ];
  const name = reason.place === undefined ? "" : text.place(reason.place);
  const why = text.say(`why_${reason.kind}`, { list: text.list(closed), year: reason.year, name });
  return [
    make("h2", {}, text.say("ends", ends)),
    make("p", { class: "cac-sentence" }, [text.say("no_route", ends), why, describeConditions(text, atlas, view)].join(text.gap)),
  ];
};

/* Links that are shut today and would serve: when they did, what the way took then, why they closed, who says so. */
export const writeShut = ({ text, atlas, data }, shut) => shut.map(({ year, links, before }) => {
  const measure = atlas.measureOf(before.question.criterion);
  const amount = text.amount(measure, before.totals[measure.name]);
  const names = text.list(links.map((link) => linkName(text, atlas, link)));
  const told = new Map(links.map((link) => data.links.shut[link]).filter(Boolean).map(([source, note]) => [source + note, [source, note]]));
  return make("p", { class: "cac-small cac-shut" }, text.say("shut_lately", { list: names, year, amount }),
    ...[...told.values()].flatMap(([source, note]) => [
      ...(note ? [" ", make("span", { lang: "en" }, note)] : []),
      ...(data.sources[source] ? [" ", writeSource(data.sources[source])] : []),
    ]));
});

/* A thing that the reader chose, as a button that takes it back. */
const chip = (name, label, act) => button(`${name} \u00d7`, act, { class: "cac-chip", "aria-label": label });

/* What is closed, delayed, or to be passed, each with a button that takes it back. */
export const writeClosed = ({ text, atlas, index, view }, { toggle, openAll, undo, leavePlace, leaveState }) => {
  const nameOf = (id) => (index.states.has(id) ? text.state(index.states.get(id)) : linkName(text, atlas, index.links.get(id)));
  const group = (key, ids, name, label, act) => (ids.length === 0 ? [] : [
    make("span", {}, text.say(key)),
    ...ids.map((id) => chip(name(id), text.say(label, { name: name(id) }), () => act(id))),
  ]);
  const isChanged = view.closed.length + Object.keys(view.added).length > 0;
  return [
    ...group("closed_now", view.closed, nameOf, "reopen", toggle),
    ...group("passing", view.via, (id) => text.place(index.places.get(id)), "no_longer", leavePlace),
    ...group("crossing_too", view.through, nameOf, "no_longer", leaveState),
    ...(isChanged ? [button(text.say("open_all"), openAll, { class: "cac-quiet" })] : []),
    ...(undo ? [button(text.say("undo"), undo, { class: "cac-quiet cac-undo" })] : []),
  ];
};

/* ---------------------------------------------------------------- prices */

const table = (caption, head, rows, className) => make("table", { class: className },
  make("caption", {}, caption),
  make("thead", {}, make("tr", {}, ...head.map((cell) => make("th", { scope: "col" }, cell)))),
  make("tbody", {}, ...rows));

const byPrice = ([, one], [, other]) => Number(other > one) - Number(other < one);

/* What closing each state adds, dearest first. */
export const writeStatePrices = ({ text, atlas, data }, route, prices, toggle) => {
  const criterion = atlas.measureOf(route.question.criterion);
  const rows = [...prices].sort(byPrice).map(([state, added]) => make("tr", {},
    make("th", { scope: "row" }, text.state(state)),
    make("td", {}, text.price(criterion, added)),
    make("td", {}, button(text.say("close"), () => toggle(data.states[state].id), {
      "aria-label": text.say("close_name", { name: text.state(state) }),
    }))));
  return table(text.say("prices_states"), [text.say("state"), text.say("adds"), text.say("close")], rows, "cac-prices");
};

const MOST_H = 240;  /* of hours that a reader may add at a link */

/* What closing each crossing and ship adds; a slider adds hours there, with the break-even marked. */
export const writeLinkPrices = (context, route, prices, { toggle, delay }) => {
  const { text, atlas } = context;
  const criterion = atlas.measureOf(route.question.criterion);
  const rows = [...prices].sort(byPrice).map(([link, added]) => {
    const name = linkName(text, atlas, link);
    return make("tr", {},
      make("th", { scope: "row" }, name, ...(criterion.name === "time" ? [writeDelay(context, route, [link, added], delay)] : [])),
      make("td", {}, text.price(criterion, added)),
      make("td", {}, button(text.say("close"), () => toggle(atlas.linkIds[link]), {
        "aria-label": text.say("close_name", { name }),
      })));
  });
  return table(text.say("prices_links"), [text.say("crossing"), text.say("adds"), text.say("close")], rows, "cac-prices");
};

const writeDelay = ({ text, atlas, view }, route, [link, price], delay) => {
  const id = atlas.linkIds[link];
  const turn = view.added[id] ? breakEven(atlas, route, link) : price;
  const most = Math.max(MOST_H, Number.isFinite(turn) ? Math.ceil(turn / 24) * 24 : 0, view.added[id] || 0);
  const list = `cac-turn-${link}`;
  const shown = make("output", {}, text.number(view.added[id] || 0));
  const slider = make("input", { type: "range", id: `cac-delay-${link}`, min: 0, max: most, step: 1, value: view.added[id] || 0, list });
  const mark = Number.isFinite(turn) && turn <= most ? [make("option", { value: Math.round(turn) })] : [];
  slider.addEventListener("input", () => { shown.textContent = text.number(Number(slider.value)); });
  slider.addEventListener("change", () => delay(id, Number(slider.value)));
  const note = Number.isFinite(turn) ? text.say("break_even", { hours: text.number(turn) }) : text.say("no_break_even");
  return make("label", { class: "cac-delay" },
    make("small", {}, text.say("longer"), " ", shown, `${text.gap}${text.say("h")} \u2013 ${note}`), slider,
    make("datalist", { id: list }, ...mark));
};

/* ---------------------------------------------------------------- legs */

/* The legs of a way; each opens to the figures that its hours rest on. */
export const writeLegs = (context, route) => {
  const { text, atlas } = context;
  const world = worldOf(atlas, route.question);
  const rows = legsOf(route).map((leg) => {
    const [low, high] = rangeOf(world, leg.steps).map((bound) => text.number(bound));
    const ends = leg.from === leg.to ? text.place(leg.from) : text.ends(leg.from, leg.to);
    const kind = leg.kind === "run" ? text.mode(leg.mode) : text.say(`kind_${leg.kind}`);
    const details = make("details", {}, make("summary", {}, ends, " ", make("small", {}, kind)));
    details.addEventListener("toggle", () => details.append(writeFigures(context, route, leg)), { once: true });
    return make("tr", {},
      make("th", { scope: "row" }, details),
      make("td", {}, leg.km > 0 ? text.number(leg.km) : "\u2013"),
      make("td", {}, text.number(leg.hours), make("small", {}, `${low}\u2013${high}`)));
  });
  const ends = { from: text.place(route.question.origin), to: text.place(route.question.destination) };
  return table(text.say("ends", ends), [text.say("leg"), text.unit("km"), text.say("hours")], rows, "cac-legs");
};

/* The figures behind the hours of a leg: hours, value, basis, year, note, source. */
const writeFigures = ({ text, atlas, data }, route, leg) => make("ul", { "aria-label": text.say("figures") },
  ...leg.steps.map((step) => {
    const figure = figureOf(atlas, route, step);
    const source = data.sources[figure.source];
    const where = text.state(step.state) || text.mode(step.mode);
    const value = figure.unit === SHARE
      ? text.say(SHARE, { share: text.share(figure.value, 1) })
      : text.with(text.number(figure.value), figure.unit);
    const hours = text.with(text.number(step.hours - step.added), "h");
    const facts = [where, hours, value, text.say(`basis_${figure.basis}`), figure.year];
    return make("li", { "data-basis": figure.basis },
      facts.filter(Boolean).join(" \u00b7 "),
      ...(step.added > 0 ? [` \u00b7 ${text.say("added_hours", { hours: text.number(step.added) })}`] : []),
      ...(figure.note ? [make("small", { lang: "en" }, figure.note)] : []),
      ...(source ? [writeSource(source)] : []));
  }));

/* A source, as a link if it has an address of the web. */
export const writeSource = ([title, publisher, year, address]) => {
  const line = [title, publisher, year].filter(Boolean).join(", ");
  const isWeb = /^https?:\/\/[^\s]+$/.test(address);
  return make("small", { lang: "en" }, isWeb ? make("a", { href: address, rel: "noopener noreferrer" }, line) : line);
};
