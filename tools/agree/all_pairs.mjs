/* Answer all pairs of some places, open and with each state between the ends closed: { level, origins, places }.

   One search from an origin answers all destinations. Each answer is [origin, destination, closed or "", hours, km,
   states]; where there is no way the hours are null. */

import { asked, atlas, index, load, say } from "./page.mjs";

const { questionOf } = await load("api.mjs");
const { findRoutes, transitStates } = await load("routes.mjs");

const nameOf = (state) => atlas.data.states[state].id;
const sums = (route) => (route === null ? [null] : [route.totals.time, route.totals.length, route.states.map(nameOf).join(" ")]);

/* All answers from one origin. */
const askFrom = (origin) => {
  const others = asked.places.filter((place) => place !== origin);
  const question = questionOf(atlas, index, origin, others[0], { level: asked.level });
  const open = findRoutes(atlas, question);
  const closing = new Map();  /* the destinations of which the best way crosses a state, by state */
  const answers = others.map((destination) => {
    const route = open(index.places.get(destination));
    (route === null ? [] : transitStates(route)).forEach((state) => closing.set(state, [...(closing.get(state) || []), destination]));
    return [origin, destination, "", ...sums(route)];
  });
  return [...answers, ...[...closing].flatMap(([state, destinations]) => {
    const routes = findRoutes(atlas, { ...question, states: [state] });
    return destinations.map((destination) => [origin, destination, nameOf(state), ...sums(routes(index.places.get(destination)))]);
  })];
};

say(asked.origins.flatMap(askFrom));
