/* Read addresses as the page does: for each the answer, and the lines that ask the same of Python and of a shell. */

import { asked, atlas, index, load, say } from "./page.mjs";

const { answer } = await load("api.mjs");
const { readAddress } = await load("address.mjs");
const { worthOf } = await load("solving.mjs");
const { asCommand, asPython } = await load("takeaway.mjs");

const { levels } = atlas.data.network;
const allowed = { levels: Object.keys(levels), criteria: atlas.criteria, scenarios: [...atlas.scenarios.keys()] };
say(asked.map((address) => {
  const view = readAddress(address, index, allowed);
  const worth = worthOf(atlas, view);
  return {
    answer: answer(atlas, index, view.origin, view.destination, { ...view, value_of_time: worth }),
    python: asPython(view, index, worth, []),
    command: asCommand(view, index, worth, []),
  };
}));
