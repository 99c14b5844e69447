/* The explorer, part 3 of 5: names of places and states, none over another. */

const pen = document.createElement("canvas").getContext("2d");
const widthOf = (text, weight) => {
  pen.font = weight + " 12.5px " + getComputedStyle(document.body).fontFamily;
  return pen.measureText(text).width + 4;
};

const free = (box, taken) => taken.every(
  (other) => box[2] <= other[0] || box[0] >= other[2] || box[3] <= other[1] || box[1] >= other[3]
);

const framed = (box) => {
  const size = map.getSize();
  return box[0] > 2 && box[1] > 2 && box[2] < size.x - 2 && box[3] < size.y - 16;
};

const label = (at, text, className, shift, language) => {
  const box = make("div");
  const span = make("span", className, text);
  span.lang = language;
  span.style.left = shift + "px";
  box.append(span);
  const options = { icon: L.divIcon({ html: box, className: "cac-label", iconSize: [0, 0] }), pane: "cac-labels" };
  L.marker(at, { ...options, interactive: false, keyboard: false }).addTo(labelLayer);
};

const labelPlaces = (taken) => {
  posts.forEach(({ place }) => {
    const name = nameOf(place);
    const at = map.latLngToContainerPoint(place.at);
    const width = widthOf(name, 650);
    const right = [at.x + 10, at.y - 9, at.x + 14 + width, at.y + 9];
    const left = [at.x - 14 - width, at.y - 9, at.x - 10, at.y + 9];
    const side = [right, left].find((box) => framed(box) && free(box, taken));
    if (!side) { return; }
    taken.push(side);
    const atRight = side === right;
    label(place.at, name, "cac-place " + (atRight ? "cac-right" : "cac-left"), atRight ? 13 : -13, languageOf(place));
  });
};

/* Boxes along the chosen line, so that no state's name is struck through. */
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

const inside = (state, at) => state.shape.getLatLngs().some((part) => part.reduce((odd, ring) => ring.reduce((odd2, a, i) => {
  const b = ring[(i + 1) % ring.length];
  const crosses = (a.lat > at.lat) !== (b.lat > at.lat);
  return crosses && at.lng < a.lng + (b.lng - a.lng) * (at.lat - a.lat) / (b.lat - a.lat) ? !odd2 : odd2;
}, odd), false));

/* Where a state's name may stand: at its widest point, near it, or anywhere in what is seen of it. */
function* spots(state, room) {
  const middle = map.latLngToContainerPoint(state.at);
  for (const dy of [0, -16, 16, -32, 32]) {
    if (Math.abs(dy) < Math.max(room, 17)) { yield middle.add([0, dy]); }
  }
  if (relations[state.id] === "other") { return; }
  const size = map.getSize();
  for (let row = 1; row < 10; row += 1) {
    for (let column = 1; column < 8; column += 1) {
      const spot = L.point(size.x * column / 8, size.y * row / 10);
      if ([-30, 30].every((dx) => inside(state, map.containerPointToLatLng(spot.add([dx, 0]))))) { yield spot; }
    }
  }
}

const labelStates = (taken) => {
  const scale = 256 * 2 ** map.getZoom() / 360;
  const ranked = [...states].sort((a, b) => (relations[a.id] === "other") - (relations[b.id] === "other") || b.room - a.room);
  ranked.forEach((state) => {
    const width = widthOf(state.name, 400);
    const room = state.room * scale;
    if (2 * room < width * (relations[state.id] === "other" ? 0.5 : 0.28)) { return; }
    for (const at of spots(state, room)) {
      const box = [at.x - width / 2, at.y - 9, at.x + width / 2, at.y + 9];
      if (framed(box) && free(box, taken)) {
        taken.push(box);
        label(map.containerPointToLatLng(at), state.name, "cac-name", 0, "en");
        return;
      }
    }
  });
};

const labelAll = () => {
  labelLayer.clearLayers();
  const taken = posts.map((post) => {
    const at = map.latLngToContainerPoint(post.place.at);
    return [at.x - 7, at.y - 7, at.x + 7, at.y + 7];
  });
  taken.push([0, 0, 48, 84]);  /* the zoom buttons */
  labelPlaces(taken);
  labelStates([...taken, ...lineBoxes(wayDrawn(view.route))]);
};
