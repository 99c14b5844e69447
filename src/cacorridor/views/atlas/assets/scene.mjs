/* What the map shows of an answer: the network, the way, its stops, names, a legend of what is there. */

import { linksClosedWith } from "./api.mjs";
import { figureOf } from "./journey.mjs";
import { drawLabels } from "./labels.mjs";
import { makeLegend } from "./legend.mjs";
import { put } from "./panel.mjs";
import { usableArcs, worldOf } from "./routes.mjs";

const ROOM_PX = 45;  /* around the middle of a state; one with less has no name unless the way has to do with it */

const RUN = 0;
const BORDER = 1;
const STOPS = [1, 2, 3];  /* kinds of steps that are stops: border, transfer, board */

/* Whether hours along a link are assumed. */
const isAssumed = (atlas, route, link) => {
  const steps = route.steps.filter((step) => step.link === link && step.kind === RUN);
  return steps.some((step) => figureOf(atlas, route, step).basis === "assumed");
};

/* The stops of the way: ends, borders, ports, changes of mode; a tap on a border or port closes it. */
export const stopsOf = ({ atlas, index, view, text }, route, toggleAll) => {
  const ends = [view.origin, view.destination, ...view.via].filter(Boolean);
  const hubs = ends.map((id) => ({ place: index.places.get(id), kind: "hub", rank: 0 }));
  const taken = new Set(hubs.map(({ place }) => place));
  const steps = route ? route.steps.filter(({ kind }) => STOPS.includes(kind)) : [];
  const others = steps.flatMap(({ kind, from, link }) => {
    if (taken.has(from)) { return []; }
    taken.add(from);
    const isPort = atlas.kindOf[from] === "port";
    return [{ place: from, kind: isPort ? "port" : kind === BORDER ? "border" : "transfer", link, rank: kind === BORDER ? 1 : 2 }];
  });
  return [...hubs, ...others].map((stop) => {
    const name = text.place(stop.place);
    const closes = stop.kind === "border" || stop.kind === "port";
    const links = !closes ? [] : stop.kind === "border" ? [stop.link] : linksClosedWith(atlas, stop.place);
    const ids = links.map((link) => atlas.linkIds[link]);
    return {
      ...stop,
      name,
      label: ids.length > 0 ? text.say("close_name", { name }) : name,
      act: ids.length > 0 ? () => toggleAll(ids) : null,
    };
  });
};

/* Draw answers on the map of a session. */
export const makeScene = (session) => {
  const { atlas, data, drawing, index, leaflet } = session;
  const legend = makeLegend(session);
  let isMoving = false;

  const drawNames = () => {
    const { text, view, shown } = session;
    const criterion = atlas.measureOf(view.criterion);
    const { prices, stops, relations } = shown;
    const degree = 256 * 2 ** leaflet.getZoom() / 360;  /* pixels, along the equator */
    const hasRoom = (state) => data.states[state].room * degree > ROOM_PX;
    const named = [...data.states.keys()].filter((state) => relations.has(state) || hasRoom(state));
    named.sort((a, b) => Number(relations.has(b)) - Number(relations.has(a)) || data.states[b].room - data.states[a].room);
    const states = named.map((number) => {
      const added = prices.get(number);
      const price = added === undefined ? [] : [text.price(criterion, added)];
      return { number, lines: [text.state(number), ...price], isOnWay: relations.has(number) };
    });
    drawLabels(drawing, { stops, states, language: view.language });
  };

  /* Leaflet writes the unit of its scale in English. */
  const sayScale = () => {
    const scale = leaflet.getContainer().querySelector(".leaflet-control-scale-line");
    if (scale) { put(scale, session.text.with(scale.textContent.replace(/\D+$/, ""), "km")); }
  };

  /* What depends on the part of the map that is seen: stops, names, the scale. */
  const drawMarks = () => {
    if (isMoving) { return; }
    drawing.drawStops(session.shown.stops);
    drawNames();
    sayScale();
    legend.apply();
  };

  /* The links that are open under the conditions, whatever is closed by the reader. */
  const openLinks = () => {
    const { year, level, month, scenario } = session.view;
    const world = worldOf(atlas, { level, month, scenario });
    const open = new Set();
    usableArcs(world, { year, modes: null, states: [], links: [] }).forEach((usable, arc) => {
      if (usable) { open.add(world.link[world.start[arc]]); }
    });
    open.delete(-1);
    return [...open];
  };

  const draw = (isMoved) => {
    const { view, shown: { route, relations } } = session;
    const closed = view.closed.filter((id) => index.links.has(id)).map((id) => index.links.get(id));
    isMoving = true;  /* what a move would draw is drawn below */
    leaflet.invalidateSize({ animate: false });  /* a longer answer leaves the map less room */
    if (isMoved) { drawing.fit(route ? route.links : null); }
    isMoving = false;
    drawing.drawGround();
    drawing.drawNetwork(openLinks().filter((link) => !closed.includes(link)), closed);
    drawing.colourStates(relations);
    const stretches = route ? route.links.map((link) => ({ link, isAssumed: isAssumed(atlas, route, link) })) : [];
    drawing.drawWay(stretches);
    drawMarks();
    legend.show(stretches, closed);
  };

  leaflet.on("moveend resize", drawMarks);
  return { draw };
};
