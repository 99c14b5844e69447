/* A search box for places, in every language at once (the pattern "combobox" of the ARIA practices). */

import { fold } from "./fold.mjs";

const SHOWN = 8;
const FIRST = ["city", "port", "dry_port", "financial_centre", "free_zone"];

/* Rank the places whose names begin with, or hold, a text: towns before posts, beginnings before middles. */
export const searchPlaces = (places, text) => {
  const wanted = fold(text);
  if (wanted === "") { return []; }
  const ranked = places.id.flatMap((id, number) => {
    const at = [id, ...places.names.map((names) => names[number])].map((name) => fold(name).indexOf(wanted));
    const hits = at.filter((position) => position >= 0);
    if (hits.length === 0 || places.closed.includes(id)) { return []; }
    const order = [Math.min(...hits) === 0 ? 0 : 1, FIRST.includes(places.kind[number]) ? 0 : 1, fold(places.names[0][number])];
    return [{ number, order }];
  });
  const before = (one, other) => (one < other ? -1 : Number(one > other));
  ranked.sort((a, b) => a.order.map((part, i) => before(part, b.order[i])).find((sign) => sign !== 0) || 0);
  return ranked.slice(0, SHOWN).map(({ number }) => number);
};

/* Give an input its list of places.

   input, list  the two elements
   describe     { name, detail } of a place in the language of the reader
   choose       called with the number of the place chosen
   restore      called when the reader leaves: what was typed and not chosen gives way to what is chosen */
export const makeCombobox = ({ input, list, places, describe, choose, nothing, restore }) => {
  let [found, active] = [[], -1];

  const shut = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const leave = () => {
    shut();
    restore();
  };

  const mark = (at) => {
    active = at;
    [...list.children].forEach((item, i) => { item.setAttribute("aria-selected", String(i === at)); });
    if (at >= 0) { input.setAttribute("aria-activedescendant", list.children[at].id); }
  };

  const take = (number) => {
    shut();
    choose(number);
  };

  const itemOf = (number, at) => {
    const item = document.createElement("li");
    const { name, detail } = describe(number);
    const small = document.createElement("small");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    small.textContent = detail;
    item.append(name, " ", small);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();  /* the input keeps the focus */
      take(number);
    });
    return item;
  };

  const open = () => {
    found = searchPlaces(places, input.value);
    const none = document.createElement("li");
    none.textContent = nothing();
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    none.setAttribute("aria-selected", "false");
    list.replaceChildren(...(found.length > 0 ? found.map(itemOf) : [none]));
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(found.length > 0 ? 0 : -1);
  };

  const keys = {
    ArrowDown: () => (list.hidden ? open() : mark(Math.min(active + 1, found.length - 1))),
    ArrowUp: () => mark(Math.max(active - 1, 0)),
    Enter: () => { if (!list.hidden && found.length > 0) { take(found[Math.max(active, 0)]); } },
    Escape: () => { leave(); input.select(); },
  };

  input.addEventListener("input", open);
  input.addEventListener("blur", leave);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act) { return; }
    if (event.key !== "Escape" || !list.hidden) { event.preventDefault(); }
    act();
  });
};
