/* Lines and areas as the data block writes them, and how far a point is from them. */

const UNITS_A_DEGREE = 1000;

/* Points, of which columns say where they are, in thousandths of a degree. */
export const pointsOf = (read, { lat, lon }) => {
  const lons = read(lon);
  return Array.from(read(lat), (each, at) => [each / UNITS_A_DEGREE, lons[at] / UNITS_A_DEGREE]);
};

/* Cut a list into parts of some lengths. */
export const cut = (list, lengths) => {
  let end = 0;
  return Array.from(lengths, (length) => {
    end += length;
    return list.slice(end - length, end);
  });
};

/* Lines: the points of all in a row, and how many each has. */
export const linesOf = (read, lines) => cut(pointsOf(read, lines), read(lines.points));

/* The ring of a chain of arcs by number; -1 - number is an arc backwards. */
export const joinArcs = (arcs, chain) => chain.flatMap((number, at) => {
  const arc = number >= 0 ? arcs[number] : arcs[-1 - number].slice().reverse();
  return at === 0 ? arc : arc.slice(1);
});

/* How far a point { x, y } is from a line of such points. */
export const nearestOnLine = (line, point) => {
  let nearest = Infinity;
  for (let at = 1; at < line.length; at += 1) {
    const [start, end] = [line[at - 1], line[at]];
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const along = ((point.x - start.x) * dx + (point.y - start.y) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(start.x + share * dx - point.x, start.y + share * dy - point.y));
  }
  return nearest;
};

/* An area made ready for many questions: parts of rings of [lat, lon], each part with its box. */
export const prepareArea = (area) => area.map((rings) => {
  const lats = rings[0].map(([lat]) => lat);
  const lons = rings[0].map(([, lon]) => lon);
  const least = (values) => values.reduce((one, other) => Math.min(one, other));
  const most = (values) => values.reduce((one, other) => Math.max(one, other));
  return { box: [least(lats), least(lons), most(lats), most(lons)], rings: rings.map((ring) => Float64Array.from(ring.flat())) };
});

/* Whether a place lies in a prepared area: a line to the east of it meets the rings an odd number of times. */
export const isInside = (parts, { lat, lng }) => parts.some(({ box, rings }) => {
  if (lat < box[0] || lng < box[1] || lat > box[2] || lng > box[3]) { return false; }
  let inside = false;
  rings.forEach((ring) => {
    let [lat1, lon1] = ring.subarray(-2);
    for (let at = 0; at < ring.length; at += 2) {
      const [lat2, lon2] = [ring[at], ring[at + 1]];
      if ((lat1 > lat) !== (lat2 > lat) && lng < lon1 + ((lon2 - lon1) * (lat - lat1)) / (lat2 - lat1)) { inside = !inside; }
      [lat1, lon1] = [lat2, lon2];
    }
  });
  return inside;
});
