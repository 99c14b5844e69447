/* The address of a view comes back as it was; a broken one does no harm. */

import assert from "node:assert/strict";
import test from "node:test";
import { readAddress, writeAddress } from "../../../src/cacorridor/views/atlas/assets/address.mjs";

const numbers = (...ids) => new Map(ids.map((id, number) => [id, number]));
const index = {
  places: numbers("moscow", "osh", "a/b&c=d", "43.1,76.2"),
  states: numbers("KAZ", "RUS"),
  links: numbers("road:a:b", "rail,x*y&z=1"),
  modes: [{ id: "rail_1520", family: "rail" }, { id: "road", family: "road" }],
};
const allowed = { levels: ["express", "typical"], criteria: ["time", "length"], scenarios: ["storm & snow"] };
const usual = {
  origin: "", destination: "", via: [], through: [], closed: [], added: {}, year: null, month: null, scenario: null,
  level: "express", modes: [], criterion: "time", worth: null, language: "en", embed: false,
};

test("a view comes back", () => {
  const view = {
    origin: "a/b&c=d", destination: "43.1,76.2", closed: ["KAZ", "rail,x*y&z=1"], added: { "rail,x*y&z=1": 24 },
    via: ["moscow"], through: ["RUS"], year: 2031, month: 7, scenario: "storm & snow", level: "typical", modes: ["rail", "road"],
    criterion: "length", worth: 15.77, language: "zh", embed: true,
  };
  assert.deepEqual(readAddress(writeAddress(view), index, allowed), view);
  assert.deepEqual(readAddress(writeAddress(usual), index, allowed), usual);
});

test("an address is short and can be read", () => {
  assert.equal(writeAddress({ ...usual, origin: "moscow", destination: "osh", closed: ["KAZ"] }), "#moscow/osh&closed=KAZ");
});

test("what an address names wrongly is as usual", () => {
  const broken = ["", "#", "#%", "#%E0%A4%A/osh", "#a/b/c/d", "#=&==&&", "#moscow/osh&year=1e9&month=13&level=__proto__",
    "#__proto__/constructor&closed=__proto__,constructor&added=__proto__*5&modes=toString&lang=xx&via=__proto__&through=x&scenario=y&worth=1e9&embed=2", "#<img src=x onerror=1>",
    `#${"x".repeat(100000)}`, "#&added=road:a:b*-5,road:a:b*NaN,road:a:b*99999"];
  broken.forEach((fragment) => {
    const view = readAddress(fragment, index, allowed);
    assert.deepEqual({ ...view, origin: "", destination: "" }, usual, fragment.slice(0, 60));
    assert.ok(["", "moscow"].includes(view.origin) && ["", "osh"].includes(view.destination));
  });
});
