/* Links that are shut today and would serve: what an answer for today should not pass over. */

import { findRoute, valueOf, worldOf } from "./routes.mjs";

const LATELY = 2;  /* last years of service, the year of the data among them, after which a closure is still news */
const NEWS = 0.01;  /* of the value of a route: what a closure costs less than that is none */

/* The best ways of the last years that ran over links which closed with them, each with those links: of a way that
   is worse today, or of none. Python tells the same in `links_shut_lately`. */
export const shutLately = (atlas, question, route) => {
  const today = Number.parseInt(atlas.data.about.as_of, 10);
  if (question.year !== null || !today) { return []; }
  const { closed } = worldOf(atlas, question);
  const years = [...new Set(closed)].filter((year) => year > today - LATELY && year <= today).sort();
  const told = new Set();
  return years.flatMap((year) => {
    const before = findRoute(atlas, { ...question, year });
    if (before === null || (route && valueOf(before) > (1 - NEWS) * valueOf(route))) { return []; }
    const links = before.links.filter((link) => closed[link] === year && !told.has(link));
    links.forEach((link) => told.add(link));
    return links.length > 0 ? [{ year, links, before }] : [];
  });
};
