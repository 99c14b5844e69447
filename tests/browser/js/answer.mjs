/* Answer questions on standard input by the search of the page: { data, questions: [[origin, destination, options]] }. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const assets = process.argv[2];
const load = (name) => import(pathToFileURL(join(assets, name)));
const { Atlas } = await load("world.mjs");
const { answer, indexOf } = await load("api.mjs");
const { data, questions } = JSON.parse(readFileSync(process.argv[3], "utf8"));
const atlas = new Atlas(data);
const index = indexOf(atlas);
process.stdout.write(JSON.stringify(questions.map((question) => answer(atlas, index, ...question))));
