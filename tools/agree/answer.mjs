/* Answer questions by the search of the page: a list of [origin, destination, options]. */

import { asked, atlas, index, load, say } from "./page.mjs";

const { answer } = await load("api.mjs");
say(asked.map((question) => answer(atlas, index, ...question)));
