/* What stands below the answer: prices, years in which it changes, the way, what to take away. Answer and map come
   first: these parts are emptied at once, so that nothing of another answer stands there, and written when those
   are painted. */

import { afterPaint } from "./idle.mjs";
import { writeTakeaway } from "./leaving.mjs";
import { make, writeLegs, writeLinkPrices, writeStatePrices } from "./panel.mjs";
import { makeYears } from "./years.mjs";

const prices = (context, { route, prices: states, links }, choices) => [
  make("h3", {}, context.text.say("prices")),
  writeStatePrices(context, route, states, choices.toggle),
  writeLinkPrices(context, route, links, choices),
];

const way = (context, { route }) => [make("h3", {}, context.text.say("way")), writeLegs(context, route)];

const leaving = (context, { route }, { drawing }) => writeTakeaway(context, route, drawing);

/* Each part is a node and what is written in it. */
export const makeSheet = ({ find, session, choices }) => {
  const sheet = document.querySelector(".cac-sheet");
  const parts = [["cac-prices", prices], ["cac-legs", way], ["cac-take", leaving]].map(([id, write]) => ({ node: find(id), write }));
  const years = makeYears({ find, session });
  const acts = { ...choices, drawing: session.drawing };
  let turn = 0;
  let heldBy = null;  /* the id of what had the focus, empty if it has none */

  /* The focus goes back to what had it, or to the answer: a reader at the keyboard is not sent to the top. */
  const giveFocus = () => {
    if (heldBy !== null && document.activeElement === document.body) {
      ((heldBy && find(heldBy)) || find("cac-answer")).focus({ preventScroll: true });
    }
    heldBy = null;
  };

  const write = () => {
    const { context, shown } = session;
    parts.forEach(({ node, write: written }) => {
      node.replaceChildren(...(shown.route ? written(context, shown, acts) : []));
      node.style.removeProperty("min-height");
    });
    years.write();
    sheet.removeAttribute("aria-busy");
    giveFocus();
  };

  const isBusy = () => sheet.hasAttribute("aria-busy");

  /* Empty the parts; they keep their height, so that what a reader has scrolled to stays where it is. */
  const empty = () => {
    if (isBusy()) { return; }
    const heights = parts.map(({ node }) => node.offsetHeight);
    const holder = parts.find(({ node }) => node.contains(document.activeElement));
    if (holder) { heldBy = document.activeElement.id; }
    sheet.setAttribute("aria-busy", "true");
    parts.forEach(({ node }, at) => {
      node.style.minHeight = `${heights[at]}px`;
      node.replaceChildren();
    });
    years.empty();
  };

  /* Write the parts when the answer has been painted; of several answers in a row the last one counts. */
  const follow = () => {
    turn += 1;
    const own = turn;
    afterPaint(() => { if (own === turn && isBusy()) { write(); } });
  };

  window.addEventListener("beforeprint", () => { if (isBusy()) { write(); } });
  return { empty, follow };
};
