/* Judge every published figure, as the cards of the page do. */

import { atlas, load, say } from "./page.mjs";

const { claimsOf, judge } = await load("claims.mjs");
say(claimsOf(atlas.data).map((claim) => {
  const { route, ...finding } = judge(atlas, claim);
  return { id: claim.id, ...finding };
}));
