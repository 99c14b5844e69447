/* The explorer, part 5 of 10: names of places and states, none over another, each within its state or led to it. */

const pen = document.createElement("canvas").getContext("2d");
const family = getComputedStyle(document.body).fontFamily;
const widths = new Map();
const widthOf = (text, weight) => {
  const key = weight + text;
  if (!widths.has(key)) {
    pen.font = weight + " 12.5px " + family;
    widths.set(key, pen.measureText(text).width + 4);
  }
  return widths.get(key);
};

const free = (box, taken) => taken.every(
  (other) => box[2] <= other[0] || box[0] >= other[2] || box[3] <= other[1] || box[1] >= other[3]
);

const framed = (box) => {
  const size = map.getSize();
  return box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 2;
};

const boxAt = (middle, width) => [middle.x - width / 2, middle.y - 9, middle.x + width / 2, middle.y + 9];

const label = (middle, text, className, language) => {
  const box = make("div");
  const span = make("span", className, text);
  span.lang = language;
  box.append(span);
  const options = { icon: L.divIcon({ html: box, className: "cac-label", iconSize: [0, 0] }), pane: "cac-labels" };
  L.marker(map.containerPointToLatLng(middle), { ...options, interactive: false, keyboard: false }).addTo(labelLayer);
  return span;
};

// ---------------------------------------------------------------- places

/* Eight positions around a mark, the best first: beside it, then above and below, then across the corners. */
const around = (at, width) => {
  const far = 12 + width / 2;
  const moves = [[far, 0], [-far, 0], [0, -19], [0, 19], [far - 4, -14], [far - 4, 14], [4 - far, -14], [4 - far, 14]];
  return moves.map((move) => at.add(move));
};

const labelPlaces = (taken, lines) => {
  const order = (post) => ({ border: 0, port: 1 })[post.kind] ?? (post.end ? 0.5 : 2);
  [...posts].sort((a, b) => order(a) - order(b)).forEach(({ place }) => {
    const name = nameOf(place);
    const width = widthOf(name, 650);
    const spots = around(map.latLngToContainerPoint(place.at), width);
    const fits = (others) => spots.find((spot) => framed(boxAt(spot, width)) && free(boxAt(spot, width), others));
    const spot = fits([...taken, ...lines]) || fits(taken);
    if (!spot) { return; }
    taken.push(boxAt(spot, width));
    label(spot, name, "cac-place", languageOf(place));
  });
};

/* Boxes along the chosen line, so that no name is struck through. */
const lineBoxes = (way) => way.links.flatMap((index) => links[index].points.flatMap((points) => {
  const pixels = points.map((point) => map.latLngToContainerPoint(point));
  return pixels.slice(1).flatMap((end, i) => {
    const start = pixels[i];
    const count = Math.min(60, Math.ceil(start.distanceTo(end) / 10));
    return Array.from({ length: count }, (_, k) => {
      const at = start.add(end.subtract(start).multiplyBy(k / count));
      return [at.x - 3, at.y - 3, at.x + 3, at.y + 3];
    });
  });
}));

// ---------------------------------------------------------------- states

/* Whether a point of the screen lies in a state: a ray meets its rings an odd number of times. */
const inside = (state, spot) => {
  const { lat, lng } = map.containerPointToLatLng(spot);
  if (!state.shape.getBounds().contains([lat, lng])) { return false; }
  let odd = false;
  state.rings.forEach((ring) => ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length];
    if ((a[0] > lat) !== (b[0] > lat) && lng < a[1] + (b[1] - a[1]) * (lat - a[0]) / (b[0] - a[0])) { odd = !odd; }
  }));
  return odd;
};

/* A name stands in its state if the middle and the four corners of its box do. */
const holds = (state, middle, width) => [[0, 0], [-0.48, -6], [0.48, -6], [-0.48, 6], [0.48, 6]].every(
  ([dx, dy]) => inside(state, middle.add([dx * width, dy]))
);

/* Where a state's name may stand: at its widest point, near it, or anywhere in what is seen of it. */
function* spots(state) {
  const middle = map.latLngToContainerPoint(state.at);
  for (const dy of [0, -14, 14, -28, 28]) { yield middle.add([0, dy]); }
  const size = map.getSize();
  const [rows, columns] = relations[state.id] === "other" ? [14, 12] : [28, 24];
  for (let row = 1; row < rows; row += 1) {
    for (let column = 1; column < columns; column += 1) { yield L.point(size.x * column / columns, size.y * row / rows); }
  }
}

/* A point of a state that is in sight: its widest one, else the first of a grid. */
const anchorOf = (state) => {
  const size = map.getSize();
  for (const spot of spots(state)) {
    if (spot.x > 4 && spot.y > 4 && spot.x < size.x - 4 && spot.y < size.y - 4 && inside(state, spot)) { return spot; }
  }
  return null;
};

const TURNS = [0, 4, 2, 6, 1, 3, 5, 7].map((n) => [Math.cos(n * Math.PI / 4), Math.sin(n * Math.PI / 4)]);

/* A name that its state has no room for stands beside it, and a line leads there. */
const lead = (state, width, taken) => {
  const anchor = anchorOf(state);
  if (!anchor) { return; }
  for (const reach of [34, 60, 90, 130]) {
    for (const [dx, dy] of TURNS) {
      const middle = anchor.add([dx * (reach + width / 2 - 10), dy * reach]);
      const box = boxAt(middle, width);
      if (framed(box) && free(box, taken)) {
        taken.push(box);
        const end = L.point(Math.min(Math.max(anchor.x, box[0]), box[2]), Math.min(Math.max(anchor.y, box[1]), box[3]));
        const line = [anchor, end].map((point) => map.containerPointToLatLng(point));
        outOfTabOrder(L.polyline(line, { ...leaderPane, className: "cac-leader", interactive: false }).addTo(labelLayer));
        outOfTabOrder(L.circleMarker(line[0], { ...leaderPane, className: "cac-leader", radius: 1.6, interactive: false }).addTo(labelLayer));
        label(middle, nameOf(state), "cac-name cac-led", languageOf(state)).dataset.of = state.id;
        return;
      }
    }
  }
};

const labelStates = (taken) => {
  const ranked = [...states].sort((a, b) => (relations[a.id] === "other") - (relations[b.id] === "other") || b.room - a.room);
  ranked.forEach((state) => {
    const width = widthOf(nameOf(state), 400);
    for (const middle of spots(state)) {
      const box = boxAt(middle, width);
      if (framed(box) && free(box, taken) && holds(state, middle, width)) {
        taken.push(box);
        label(middle, nameOf(state), "cac-name", languageOf(state)).dataset.of = state.id;
        return;
      }
    }
    if (relations[state.id] !== "other") { lead(state, width, taken); }
  });
};

const labelAll = () => {
  labelLayer.clearLayers();
  const taken = posts.map((post) => {
    const at = map.latLngToContainerPoint(post.place.at);
    return [at.x - 8, at.y - 8, at.x + 8, at.y + 8];
  });
  const size = map.getSize();
  taken.push([0, 0, 48, 84], [0, size.y - 30, 120, size.y]);  /* the zoom buttons and the scale */
  const lines = lineBoxes(wayDrawn(view.route));
  labelPlaces(taken, lines);
  labelStates([...taken, ...lines]);
};
