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
    this.view = this.#read().view;
    this.shown = { route: null, prices: new Map(), links: new Map(), shut: [], notice: "" };
    this.show = () => {};  /* set by the page */
    window.addEventListener("popstate", ({ state }) => {
      this.#depth = Number(state) || 0;
      this.open();
    });
  }

  /* Show what the address asks for; what cannot be is said, and taken out of the address. */
  open() {
    const { view, refused } = this.#read();
    this.view = view;
    const { text } = this;
    this.show(refused === undefined ? "" : text.say("end_state", { state: text.state(this.stateNumber(refused)) }));
    if (/[/=]/.test(window.location.hash)) { this.#write("replaceState"); }
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
    this.#write(isStep ? "replaceState" : "pushState");
  }

  #write(how) {
    try {
      window.history[how](this.#depth, "", writeAddress(this.view));
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

  /* The view of the address, without one that with which the page opens; and a state of it that cannot be closed. */
  #read() {
    const { data, index } = this;
    const read = readAddress(window.location.hash, index, this.#allowed);
    if (!window.location.hash) {
      const [origin, destination] = data.about.ends;
      return { view: { ...read, origin, destination, language: data.about.language } };
    }
    const isPair = read.origin !== read.destination;
    const places = [read.origin, read.destination, ...read.via].filter(Boolean);
    const ends = places.map((place) => this.stateOf(place));
    const closed = read.closed.filter((id) => !ends.includes(id));
    const through = read.through.filter((id) => !closed.includes(id));
    const view = { ...read, destination: isPair ? read.destination : "", closed, through };
    return { view, refused: read.closed.find((id) => ends.includes(id)) };
  }
}
