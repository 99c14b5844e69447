/* The modules of the page and what is asked of them: node SCRIPT ASSETS FILE, the file { data, asked }. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [, , assets, file] = process.argv;
export const load = (name) => import(pathToFileURL(join(assets, name)));
const { data, asked } = JSON.parse(readFileSync(file, "utf8"));

const { unpack } = await load("block.mjs");
const { Atlas } = await load("world.mjs");
const { indexOf } = await load("api.mjs");

export const atlas = new Atlas(await unpack(data));
export const index = indexOf(atlas);
export { asked };
export const say = (answers) => process.stdout.write(JSON.stringify(answers));
