/* The cards of published figures: who said what and when, the range with a tick, what would have to be true. */

import { claimQuestion, claimsOf, judge, whatItTakes } from "./claims.mjs";
import { idle } from "./idle.mjs";
import { make, writeSource } from "./panel.mjs";

const WIDTH = 260;  /* of the picture of a range, in its own units */
const PATIENCE_MS = 500;  /* a page that is never idle is written all the same */
const JOURNEYS = 100;  /* that a chance is told of */
const UNITS = { km: "km", h: "h", usd: "usd", usd_truck: "usd_truck" };

const SVG = "http://www.w3.org/2000/svg";
const draw = (name, attributes) => {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
};

const span = (text, low, high) => (low === high ? text.number(low) : `${text.number(low)}\u2013${text.number(high)}`);

/* The range as a bar with the expected figure, and the published one as a tick or, of two bounds, a bracket. */
const drawRange = (claim, { model, low, high }, label) => {
  const most = 1.08 * Math.max(high, model, claim.high);
  const x = (amount) => (WIDTH * amount) / most;
  const picture = draw("svg", { viewBox: `0 0 ${WIDTH} 26`, role: "img", "aria-label": label, class: "cac-range" });
  picture.append(
    draw("line", { x1: 0, x2: WIDTH, y1: 17, y2: 17, class: "cac-axis" }),
    draw("rect", { x: x(low), width: Math.max(2, x(high) - x(low)), y: 12, height: 10, class: "cac-spread" }),
    draw("rect", { x: x(model) - 1.5, width: 3, y: 10, height: 14, class: "cac-mean" }),
    draw("path", { d: `M${x(claim.low)} 9V3H${x(claim.high)}V9M${x((claim.low + claim.high) / 2)} 3V25`, class: "cac-tick" }),
  );
  return picture;
};

/* How many journeys of a hundred keep a figure. */
const sayChance = (text, chance) => {
  const count = Math.round(JOURNEYS * chance);
  if (count === 0) { return text.say("kept_never"); }
  return count === JOURNEYS ? text.say("kept_always") : text.say("kept", { count });
};

const sayNeeded = (text, needed) => {
  const { kind, before, after } = needed;
  const hours = { before: text.number(before), after: text.number(after) };
  if (kind === "one") {
    return text.say("takes_one", { ...hours, name: text.place(needed.place), stop: text.say(`kind_${needed.stop}`) });
  }
  if (kind === "all") { return text.say("takes_all", hours); }
  return text.say("takes_run", { ...hours, stops: text.number(needed.stops) });
};

const sayVerdict = (text, claim, finding) => {
  if (finding.kind === "none") { return [text.say(`beside_${finding.reason}`)]; }
  const range = finding.low === finding.high ? "" : text.say("in_brackets", { list: span(text, finding.low, finding.high) });
  const times = Math.max(finding.factor, 1 / finding.factor);
  const far = finding.kind !== "agrees" && times >= 1.1 ? text.say("times", { factor: text.number(times) }) : "";
  return [
    text.say("model_has", { amount: text.with(text.number(finding.model), UNITS[claim.what]), range }),
    text.say(finding.kind === "agrees" && claim.what === "km" ? "verdict_same" : `verdict_${finding.kind}`, { far }),
    finding.chance === undefined ? "" : sayChance(text, finding.chance),
  ];
};

/* One card. */
const writeCard = (session, claim, finding) => {
  const { text, data } = session;
  const said = text.with(span(text, claim.low, claim.high), UNITS[claim.what]);
  const via = claim.via.length > 0 ? text.say("by_way_of", { list: text.list(claim.via.map((place) => text.place(place))) }) : "";
  const modes = claim.modes.map((mode) => text.mode(mode));
  const level = claim.level ? text.say(`level_${claim.level}`) : "";
  const ends = text.say("ends", { from: text.place(claim.origin), to: text.place(claim.destination) });
  const journey = [ends, via, text.list(modes), level, claim.as_of].filter(Boolean).join(" \u00b7 ");
  const verdict = sayVerdict(text, claim, finding).filter(Boolean).join(text.gap);
  const needed = finding.kind === "optimistic" ? whatItTakes(session.atlas, finding.route, claim.high) : null;
  const show = () => session.change({
    origin: data.places.id[claim.origin],
    destination: data.places.id[claim.destination],
    via: claimQuestion(claim).via.map((place) => data.places.id[place]),
    through: [], closed: [], added: {}, scenario: null, month: null,
    modes: claim.modes.map((mode) => data.modes[mode].id),
    level: claim.level || "express",
    year: claim.as_of,
    criterion: claim.what === "km" ? "length" : "time",
  });
  const who = [claim.claimant, claim.year].filter(Boolean).join(", ");
  return make("li", { class: "cac-claim", "data-verdict": finding.kind },
    make("p", { class: "cac-said" }, make("strong", {}, said), " ", text.say(`standing_${claim.standing}`)),
    make("p", { class: "cac-small" }, journey),
    ...(finding.route ? [drawRange(claim, finding, `${said}; ${verdict}`)] : []),
    make("p", {}, verdict),
    ...(needed ? [make("p", {}, text.say("takes"), text.gap, sayNeeded(text, needed))] : []),
    make("p", { class: "cac-small" }, `${who || text.say("not_known")}: `, writeSource(data.sources[claim.source_id])),
    ...(claim.set_aside ? [make("p", { class: "cac-small" }, data.claims.reasons[claim.set_aside[0]][text.at])] : []),
    ...[claim.set_aside && claim.set_aside[1], claim.note].filter(Boolean)
      .map((note) => make("p", { class: "cac-small", lang: "en" }, note)),
    ...(finding.route ? [make("button", { type: "button", onclick: show }, text.say("show_way"))] : []));
};

/* A list of the pairs with published figures, to go to. */
const writePairs = (session, claims) => {
  const { text, data } = session;
  const names = new Map();
  claims.forEach(({ origin, destination }) => {
    const name = text.say("ends", { from: text.place(origin), to: text.place(destination) });
    const { count } = names.get(`${origin}/${destination}`) || { count: 0 };
    names.set(`${origin}/${destination}`, { name, count: count + 1 });
  });
  const sorted = [...names].sort(([, one], [, other]) => one.name.localeCompare(other.name, text.language));
  const select = make("select", { id: "cac-pairs", autocomplete: "off" }, make("option", { value: "" }, text.say("choose_pair")),
    ...sorted.map(([pair, { name, count }]) => make("option", { value: pair }, `${name} (${count})`)));
  select.addEventListener("change", () => {
    const [origin, destination] = select.value.split("/").map((number) => data.places.id[number]);
    session.change({ origin, destination, via: [], through: [], closed: [], added: {} });
  });
  return [make("label", { for: "cac-pairs" }, text.say("pairs")), select];
};

/* Keep the cards of the chosen pair in a node; they are written when the reader has the answer. */
export const makeClaims = ({ node, session }) => {
  const claims = claimsOf(session.data);
  const findings = new Map();
  let shown = "";
  const findingOf = (claim) => {
    if (!findings.has(claim.id)) { findings.set(claim.id, judge(session.atlas, claim)); }
    return findings.get(claim.id);
  };
  const write = () => {
    const { text, view, index } = session;
    const ends = [view.origin, view.destination].map((id) => index.places.get(id));
    const own = claims.filter(({ origin, destination }) => ends.includes(origin) && ends.includes(destination));
    const cards = own.map((claim) => writeCard(session, claim, findingOf(claim)));
    const none = session.hasEnds ? [make("p", { class: "cac-small" }, text.say("no_claims"))] : [];
    node.replaceChildren(
      make("h3", {}, text.say("claims")),
      ...(cards.length > 0 ? [make("ul", { class: "cac-cards" }, ...cards)] : none),
      make("div", { class: "cac-wide" }, ...writePairs(session, claims)),
    );
  };
  const follow = () => {
    const { view } = session;
    const key = [view.origin, view.destination].sort().join("/") + view.language;
    if (claims.length === 0 || key === shown) { return; }
    shown = key;
    node.replaceChildren();
    idle(() => { if (key === shown) { write(); } }, { timeout: PATIENCE_MS });
  };
  return { follow };
};
