/* The buttons and texts with which a reader takes an answer away. */

import { make } from "./panel.mjs";
import { asPng, asSvgText, drawPicture } from "./picture.mjs";
import { writeAddress } from "./address.mjs";
import { worthOf } from "./solving.mjs";
import { asCitation, asCommand, asEmbed, asPython, download, offer, stepsAsCsv, wayAsGeoJson } from "./takeaway.mjs";

const nameOf = (view) => `${view.origin}-${view.destination}`.replace(/[^\w-]+/g, "_");

const listing = (title, text) => [make("h4", {}, title), make("pre", { tabindex: 0 }, make("code", {}, text))];

/* Offer the answer as files and as text. */
export const writeTakeaway = ({ text, atlas, data, index, view }, route, drawing) => {
  const button = (label, act) => make("button", { type: "button", onclick: act }, label);
  const status = make("span", { role: "status" });
  const copy = async () => {
    await navigator.clipboard.writeText(addressOf({ embed: false }));
    status.textContent = text.say("copied");
  };
  const paint = () => drawPicture(drawing, {
    paragraphs: [...document.querySelectorAll("#cac-answer h2, #cac-answer p")].map((each) => each.innerText),
    credit: `${asCitation(data, "")} ${document.getElementById("cac-credit").textContent}`,
    language: view.language,
  });
  const worth = worthOf(atlas, view);
  const [here] = window.location.href.split("#");
  const isPlaced = !here.startsWith("about:");  /* a frame of a notebook has no address */
  const addressOf = (part) => `${here}${writeAddress({ ...view, ...part })}`;
  return [
    make("h3", {}, text.say("take")),
    make("p", { class: "cac-actions" },
      button("CSV", () => download(`${nameOf(view)}.csv`, stepsAsCsv(atlas, route, view), "text/csv")),
      button("GeoJSON", () => download(`${nameOf(view)}.geojson`, wayAsGeoJson(atlas, route, drawing.links), "application/geo+json")),
      button("SVG", () => download(`${nameOf(view)}.svg`, asSvgText(paint()), "image/svg+xml")),
      button("PNG", async () => offer(`${nameOf(view)}.png`, await asPng(paint()))),
      ...(navigator.clipboard ? [button(text.say("copy_link"), copy), status] : [])),
    ...listing(text.say("in_python"), asPython(view, index, worth, data.about.scenarios)),
    ...listing(text.say("in_shell"), asCommand(view, index, worth, data.about.scenarios)),
    ...listing(text.say("citation"), asCitation(data, isPlaced ? addressOf({ embed: false }) : "")),
    ...(isPlaced ? listing(text.say("embed"), asEmbed(document.title, addressOf({ embed: true }))) : []),
  ];
};
