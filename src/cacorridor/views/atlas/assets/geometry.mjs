/* Lines and areas as the data block writes them, and how far a point is from them. */

const UNITS_A_DEGREE = 1000;

/* A line as text: differences of thousandths of a degree, five bits a letter, sign in the lowest bit. */
export const decodeLine = (text) => {
  const points = [];
  let at = 0;
  const next = () => {
    let [value, shift, bits] = [0, 0, 0];
    do {
      bits = text.charCodeAt(at) - 63;
      at += 1;
      value |= (bits & 31) << shift;
      shift += 5;
    } while (bits >= 32);
    return value & 1 ? ~(value >> 1) : value >> 1;
  };
  let [lat, lon] = [0, 0];
  while (at < text.length) {
    lat += next();
    lon += next();
    points.push([lat / UNITS_A_DEGREE, lon / UNITS_A_DEGREE]);
  }
  return points;
};

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

/* Whether a place lies in an area: parts, each of rings of [lat, lon]; holes are rings too. */
export const isInside = (area, { lat, lng }) => area.some((part) => part.reduce((odd, ring) => {
  return ring.reduce((inside, [lat1, lon1], at) => {
    const [lat2, lon2] = ring[(at + 1) % ring.length];
    const crosses = (lat1 > lat) !== (lat2 > lat);
    return crosses && lng < lon1 + ((lon2 - lon1) * (lat - lat1)) / (lat2 - lat1) ? !inside : inside;
  }, odd);
}, false));
