/* The answer to a view: the way, what each closure adds, and how each state stands to it. */

import { questionOf } from "./api.mjs";
import { compare, linkPrices } from "./journey.mjs";
import { shutLately } from "./lately.mjs";
import { bypassPrices, explainAbsence, findRoute, valueOf } from "./routes.mjs";
import { priceClass } from "./text.mjs";

/* Dollars an hour: the reader's, or those of general goods. */
export const worthOf = (atlas, view) => (view.worth === null ? atlas.usualWorth : view.worth);

/* Find the way and the price of every closure; a question that contradicts itself has no answer. */
export const solve = ({ atlas, index, view, hasEnds }) => {
  const none = { route: null, prices: new Map(), links: new Map(), shut: [] };
  if (!hasEnds) { return none; }
  const shut = [view.origin, view.destination, ...view.via].find((place) => atlas.isClosed(place, view.scenario));
  if (shut !== undefined) { return { ...none, reason: { kind: "place", place: index.places.get(shut) } }; }
  const asked = questionOf(atlas, index, view.origin, view.destination, { ...view, value_of_time: worthOf(atlas, view) });
  const route = findRoute(atlas, asked);
  const lately = shutLately(atlas, asked, route);
  if (route === null) { return { ...none, asked, reason: explainAbsence(atlas, asked), shut: lately }; }
  const [prices, links] = [bypassPrices(atlas, route), linkPrices(atlas, route)];
  return { route, asked, shut: lately, comparison: compare(atlas, route), prices, links };
};

/* The relation of each state to the way, by number: end, p0 to p4, cut, closed, bypassed. */
export const relationsOf = ({ atlas, index, view }, { route, comparison, prices }) => {
  const relations = new Map(view.closed.filter((id) => index.states.has(id)).map((id) => [index.states.get(id), "closed"]));
  const held = [view.origin, view.destination, ...view.via].filter(Boolean).map((id) => atlas.stateOf[index.places.get(id)]);
  const asked = view.through.map((id) => index.states.get(id));
  [...held, ...asked].forEach((state) => relations.set(state, "end"));
  if (!route) { return relations; }
  comparison.bypassed.filter((state) => !relations.has(state)).forEach((state) => relations.set(state, "bypassed"));
  prices.forEach((added, state) => {
    const price = priceClass(added, valueOf(route));
    relations.set(state, price === "cut" ? "cut" : `p${price}`);
  });
  return relations;
};
