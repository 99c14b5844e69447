/* What a reader does: closes and opens, adds hours, chooses places; and what a tap on the map means. */

import { linkName, make } from "./panel.mjs";

const NARROW = "(max-width: 600px)";  /* a phone: a card beside a town would be cut off */

export const makeChoices = (session) => {
  const { atlas, data, drawing, index, leaflet } = session;

  const nameOf = (id) => {
    const { text } = session;
    return index.states.has(id) ? text.state(index.states.get(id)) : linkName(text, atlas, index.links.get(id));
  };

  /* Whether what closes is off the way: it changes nothing, which is worth a word. */
  const isOffWay = (ids) => {
    const { route } = session.shown;
    if (!route) { return false; }
    const met = [...route.states, ...route.touches];
    return ids.every((id) => {
      return index.states.has(id) ? !met.includes(index.states.get(id)) : !route.links.includes(index.links.get(id));
    });
  };

  /* Close what is open, open what is closed; the state of an end, or of a place to pass, cannot close. */
  const toggleAll = (ids) => {
    const { text, view } = session;
    const held = [view.origin, view.destination, ...view.via].filter(Boolean).map((id) => session.stateOf(id));
    const end = ids.find((id) => held.includes(id));
    if (end !== undefined) {
      session.show(text.say("end_state", { state: nameOf(end) }));
      return;
    }
    const isOpen = ids.some((id) => !view.closed.includes(id));
    const others = view.closed.filter((id) => !ids.includes(id));
    const notice = isOpen && isOffWay(ids) ? text.say("not_on_way", { name: text.list(ids.map(nameOf)) }) : "";
    const through = view.through.filter((id) => !ids.includes(id));
    session.change({ closed: isOpen ? [...others, ...ids] : others, through }, notice);
  };

  const toggle = (id) => toggleAll([id]);
  const openAll = () => session.change({ closed: [], added: {} });

  const delay = (link, hours) => {
    const { [link]: _, ...others } = session.view.added;
    session.change({ added: hours > 0 ? { ...others, [link]: hours } : others });
  };

  /* Choose an end; a state that holds it is open again, and an end is no place on the way. */
  const chooseEnd = (end, number) => {
    const { view } = session;
    const id = data.places.id[number];
    const other = end === "origin" ? "destination" : "origin";
    const swapped = view[other] === id ? { [other]: view[end] } : {};
    const state = session.stateOf(id);
    session.change({
      ...swapped,
      [end]: id,
      closed: view.closed.filter((each) => each !== state),
      via: view.via.filter((each) => each !== id),
    });
  };

  const swap = () => session.change({ origin: session.view.destination, destination: session.view.origin });

  /* Pass a place, after those chosen before. */
  const passPlace = (number) => {
    const { view } = session;
    const id = data.places.id[number];
    if ([view.origin, view.destination, ...view.via].includes(id)) { return; }
    session.change({ via: [...view.via, id], closed: view.closed.filter((each) => each !== session.stateOf(id)) });
  };

  const leavePlace = (id) => session.change({ via: session.view.via.filter((each) => each !== id) });

  /* Cross a state, which is open again, or no longer. */
  const crossState = (id) => {
    const { view } = session;
    if (id === "" || view.through.includes(id)) { return; }
    session.change({ through: [...view.through, id], closed: view.closed.filter((each) => each !== id) });
  };

  const leaveState = (id) => session.change({ through: session.view.through.filter((each) => each !== id) });

  /* What a town is to be: asked beside it or, where the map is too small for that, at the foot of the screen. */
  let bottom = null;

  const closeCard = () => {
    leaflet.closePopup();
    if (bottom) { bottom.remove(); }
    bottom = null;
  };

  const askBelow = (card, name) => {
    const dismiss = make("button", { type: "button", onclick: closeCard }, session.text.say("dismiss"));
    card.append(dismiss);
    bottom = make("div", { class: "cac-bottom", role: "dialog", "aria-label": name }, card);
    document.querySelector("main").append(bottom);
    card.querySelector("button").focus({ preventScroll: true });
  };

  const askTown = (number, at) => {
    const { text } = session;
    closeCard();
    const choose = (key, act) => make("button", { type: "button", onclick: act }, text.say(key));
    const card = make("div", { class: "cac-card" }, make("strong", {}, text.place(number)),
      choose("from_here", () => chooseEnd("origin", number)),
      choose("to_here", () => chooseEnd("destination", number)),
      ...(session.hasEnds ? [choose("by_here", () => passPlace(number))] : []));
    card.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") {
        closeCard();
        leaflet.getContainer().focus({ preventScroll: true });
      }
    });
    if (window.matchMedia(NARROW).matches) { askBelow(card, text.place(number)); }
    else {
      card.setAttribute("role", "group");
      card.setAttribute("aria-label", text.place(number));
      leaflet.openPopup(card, at, { minWidth: 120 });
      card.querySelector("button").focus({ preventScroll: true });
    }
  };

  /* A tap on the map: a town asks what it is to be; a line or a state closes, or opens again. */
  const tap = ({ latlng }) => {
    closeCard();
    const hit = drawing.at(latlng);
    if (!hit) { return; }
    if (hit.kind === "town") { askTown(hit.number, drawing.places[hit.number]); }
    else if (!session.hasEnds) { session.show(session.text.say("choose")); }
    else { toggle(hit.kind === "link" ? atlas.linkIds[hit.number] : data.states[hit.number].id); }
  };

  leaflet.on("click", tap);
  return { toggle, toggleAll, openAll, delay, chooseEnd, swap, passPlace, leavePlace, crossState, leaveState, closeCard };
};
