/* What a reader chose, and how it changes: the address and the history of the browser follow. */

import { readAddress, writeAddress } from "./address.mjs";
import { Text } from "./text.mjs";

/* Everything that the parts of the page share. */
export class Session {
  #past = [];  /* views before this one, where a frame keeps no history */
  #depth = Number(window.history.state) || 0;  /* changes that Back undoes, kept with each entry of the history */
  #keepsHistory = true;
  #allowed;

  constructor({ data, atlas, index, leaflet, drawing }) {
    Object.assign(this, { data, atlas, index, leaflet, drawing });
    this.#allowed = { levels: Object.keys(data.network.levels), criteria: atlas.criteria, scenarios: [...atlas.scenarios.keys()] };
    this.view = this.#read();
    this.shown = { route: null, prices: new Map(), links: new Map(), shut: [], notice: "" };
    this.show = () => {};  /* set by the page */
    window.addEventListener("popstate", ({ state }) => {
      this.view = this.#read();
      this.#depth = Number(state) || 0;
      this.show();
    });
  }

  get text() { return new Text(this.data, this.view.language); }

  /* What the writers of the panel need. */
  get context() {
    const { text, atlas, data, index, view } = this;
    return { text, atlas, data, index, view };
  }

  get hasEnds() { return this.view.origin !== "" && this.view.destination !== ""; }

  /* Whether something can be undone. */
  get hasPast() { return this.#depth > 0; }

  stateNumber(id) { return this.index.states.get(id); }

  /* The id of the state in which a place lies. */
  stateOf(place) { return this.data.states[this.atlas.stateOf[this.index.places.get(place)]].id; }

  /* Change the view; a step goes on from the last change, so that Back undoes both at once. */
  change(part, notice = "", { isStep = false } = {}) {
    if (!isStep) {
      this.#past.push(this.view);
      this.#depth += 1;
    }
    this.view = { ...this.view, ...part };
    this.show(notice);
    try {
      window.history[isStep ? "replaceState" : "pushState"](this.#depth, "", writeAddress(this.view));
    } catch (error) {
      this.#keepsHistory = false;  /* a frame without an address of its own */
    }
  }

  undo() {
    if (!this.hasPast) { return; }
    if (this.#keepsHistory) { window.history.back(); return; }
    this.view = this.#past.pop();
    this.#depth -= 1;
    this.show();
  }

  /* The view of the address; without one, that with which the page opens. */
  #read() {
    const { data, index } = this;
    const read = readAddress(window.location.hash, index, this.#allowed);
    if (!window.location.hash) {
      const [origin, destination] = data.about.ends;
      return { ...read, origin, destination, language: data.about.language };
    }
    const isPair = read.origin !== read.destination;
    const places = [read.origin, read.destination, ...read.via].filter(Boolean);
    const ends = places.map((place) => this.stateOf(place));
    const closed = read.closed.filter((id) => !ends.includes(id));
    const through = read.through.filter((id) => !closed.includes(id));
    return { ...read, destination: isPair ? read.destination : "", closed, through };
  }
}
