/* Names on the map, none over another: ends, states of the way with their prices, borders, the rest.

   A place has eight positions around its mark; a state's name stands in its own state or not at all. */

import { isInside } from "./geometry.mjs";

const pen = document.createElement("canvas").getContext("2d");
const FAMILY = 'system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", Arial, sans-serif';
const widths = new Map();

const widthOf = (text, font) => {
  const key = font + text;
  if (!widths.has(key)) {
    pen.font = `${font} ${FAMILY}`;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
};

const clear = (box, taken) => taken.every((other) => {
  return box[2] <= other[0] || box[0] >= other[2] || box[3] <= other[1] || box[1] >= other[3];
});

const SCALE_PX = 118;  /* the scale is at most as wide, with its margin */

const EIGHT = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];

const REACHES = [34, 48, 64, 84];  /* how far from its state a name may stand, pixels */
const LEADER = { color: "#1d252c", weight: 1.4, className: "cac-leader" };
const HALO = { color: "#ffffff", weight: 4, opacity: 0.9, className: "cac-leader" };

/* The point of a box nearest to another point. */
const edgeOf = (box, { x, y }) => L.point(Math.min(Math.max(x, box[0]), box[2]), Math.min(Math.max(y, box[1]), box[3]));

/* Whether no box lies on the line between two points, in steps of some pixels. */
const isFree = (from, to, taken) => [0.05, 0.2, 0.4, 0.6, 0.8, 1].every((share) => {
  const { x, y } = from.add(to.subtract(from).multiplyBy(share));
  return clear([x - 2, y - 2, x + 2, y + 2], taken);
});

/* The boxes that a name may take around its mark, the best first. */
const positions = ({ x, y }, width) => EIGHT.map(([dx, dy]) => {
  const left = x + (dx === 0 ? -width / 2 : dx > 0 ? 11 : -11 - width);
  const top = y + (dy === 0 ? -9 : dy > 0 ? 9 : -27);
  return [left, top, left + width, top + 18];
});

/* Names of the states and stops of a view, none over another.

   stops   { place, name, rank }: 0 an end, 1 a border, 2 another
   states  { number, lines, isOnWay }: the name, and the price below it */
export const drawLabels = (drawing, { stops, states, language }) => {
  const { map, labels, places } = drawing;
  labels.clearLayers();
  const size = map.getSize();
  const framed = (box) => box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 34;
  const points = stops.map(({ place }) => map.latLngToContainerPoint(places[place]));
  const taken = [[0, 0, 50, 90], [size.x - SCALE_PX, 0, size.x, 36], ...points.map(({ x, y }) => [x - 8, y - 8, x + 8, y + 8])];

  const put = (box, lines, className, of = "") => {
    const node = document.createElement("div");
    const text = document.createElement("span");
    text.className = className;
    text.lang = language;
    lines.forEach((line, at) => {
      const part = document.createElement(at === 0 ? "b" : "i");
      part.textContent = line;
      text.append(part);
    });
    node.append(text);
    if (of) { node.dataset.of = of; }
    taken.push(box);
    const at = map.containerPointToLatLng([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
    const icon = L.divIcon({ className: "cac-label", iconSize: [0, 0], html: node });
    labels.addLayer(L.marker(at, { icon, pane: "cac-labels", interactive: false, keyboard: false }));
  };

  const nameStops = (isWanted) => stops.forEach(({ name, rank }, at) => {
    if (!isWanted(rank)) { return; }
    const width = widthOf(name, "650 12.5px") + 6;
    const box = positions(points[at], width).find((each) => framed(each) && clear(each, taken));
    if (box) { put(box, [name], "cac-place"); }
  });

  /* A box fits where its corners and its middle lie in the state. */
  const fits = (state, [left, top, right, bottom]) => {
    const corners = [[left, top], [right, top], [left, bottom], [right, bottom], [(left + right) / 2, (top + bottom) / 2]];
    return corners.every((point) => isInside(state.area, map.containerPointToLatLng(point)));
  };
  /* A state on the way that has no room for its name: the name stands near, and a line leads from it to the state. */
  const nameBeside = (state, lines, around) => {
    const middle = map.latLngToContainerPoint(state.at);
    if (!framed([middle.x - 1, middle.y - 1, middle.x + 1, middle.y + 1])) { return; }
    for (const reach of REACHES) {
      for (const [dx, dy] of EIGHT) {
        const spot = middle.add([1.3 * reach * dx, reach * dy]);
        const box = around(spot);
        const edge = edgeOf(box, middle);
        if (framed(box) && clear(box, taken) && isFree(edge, middle, taken)) {
          const line = [edge, middle].map((point) => map.containerPointToLatLng(point));
          [HALO, LEADER].forEach((style) => labels.addLayer(L.polyline(line, { ...drawing.wayOptions, ...style })));
          put(box, lines, "cac-name cac-led", state.id);
          return;
        }
      }
    }
  };

  const nameStates = (isWanted) => states.filter(isWanted).forEach(({ number, lines, isOnWay }) => {
    const state = drawing.states[number];
    const width = Math.max(...lines.map((line, at) => widthOf(line, at === 0 ? "600 12.5px" : "400 12.5px"))) + 6;
    const height = 16 * lines.length;
    const around = ({ x, y }) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    for (const spot of spots(map, state, size)) {
      const box = around(spot);
      if (framed(box) && clear(box, taken) && fits(state, box)) {
        put(box, lines, "cac-name", state.id);
        return;
      }
    }
    if (isOnWay) { nameBeside(state, lines, around); }
  });

  nameStops((rank) => rank === 0);
  nameStates(({ isOnWay }) => isOnWay);
  nameStops((rank) => rank === 1);
  nameStops((rank) => rank === 2);
  nameStates(({ isOnWay }) => !isOnWay);
};

/* Where the name of a state may stand: at its widest point, then anywhere that is seen of it. */
function* spots(map, state, size) {
  const middle = map.latLngToContainerPoint(state.at);
  yield middle;
  for (const shift of [-18, 18, -36, 36]) { yield middle.add([0, shift]); }
  const bounds = state.shape.getBounds();
  const [one, other] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  const [left, right] = [Math.max(0, one.x), Math.min(size.x, other.x)];
  const [top, bottom] = [Math.max(0, one.y), Math.min(size.y, other.y)];
  for (let row = 1; row < 10; row += 1) {
    for (let column = 1; column < 8; column += 1) {
      yield L.point(left + ((right - left) * column) / 8, top + ((bottom - top) * row) / 10);
    }
  }
}
