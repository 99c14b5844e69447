/* The explorer, part 9 of 10: the diagrams of a report, drawn anew where the view is not what was compared. */

/* As views/charts/small.py draws them: the frame, the width of a letter, about how many marks an axis has. */
const FRAME = { width: 340, height: 196, left: 34, right: 60, top: 16, bottom: 26 };
const LETTER = 5.8;
const MARKS = 4;
const FOOT = FRAME.height - FRAME.bottom;
const EDGE = FRAME.width - FRAME.right;

const charts = [...document.querySelectorAll(".cac-charts figure")].map((drawing) => {
  const svg = drawing.querySelector("svg");
  const number = data.routes.findIndex(({ slug }) => slug === drawing.dataset.slug);
  return { svg, number, service: drawing.querySelector(".cac-service"), asWritten: [...svg.childNodes] };
});

/* The points of a way: kilometres, hours and their range; the data have differences, of hours in tenths. */
const courseOf = (number) => {
  const course = data.courses[data.routes[number].answers[condition()]];
  if (!course) { return null; }
  let at = [0, 0, 0, 0];
  const points = [at];
  for (let i = 0; i < course.way.length; i += at.length) {
    const from = i;
    at = at.map((value, k) => value + course.way[from + k]);
    points.push(at);
  }
  return { ...course, points: points.map(([km, ...hours]) => [km, ...hours.map((each) => each / 10)]) };
};

/* What the longest ways of a comparison need, so that its diagrams can be compared. */
const scaleOf = (courses) => {
  const points = courses.flatMap((course) => (course ? course.points : []));
  const most = (k) => points.reduce((largest, point) => Math.max(largest, point[k]), 1);
  const [km, h] = [most(0), most(3)];
  const x = (value) => Math.round(FRAME.left + (EDGE - FRAME.left) * value / km);
  const y = (value) => Math.round(FOOT - (FOOT - FRAME.top) * value / h);
  return { km, h, x, y };
};

const rounds = (largest) => {
  const rough = largest / MARKS;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const gapOf = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough);
  return Array.from({ length: Math.floor(largest / gapOf) + 1 }, (_, n) => n * gapOf);
};

const lettersOf = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);

const letter = (x, y, text, look, more = {}) => {
  const node = draw("text", { x: Math.round(x), y: Math.round(y), class: look, ...more });
  node.textContent = text;
  return node;
};
const MIDDLE = { "text-anchor": "middle" };
const END_AT = { "text-anchor": "end" };

const axes = ({ km, h, x, y }) => [
  ...rounds(h).flatMap((mark) => [
    draw("path", { d: `M${FRAME.left} ${y(mark)}H${EDGE}`, class: "cac-grid" }),
    letter(FRAME.left - 5, y(mark) + 4, figure(mark), "cac-tick", END_AT),
  ]),
  ...rounds(km).map((mark) => letter(x(mark), FOOT + 13, figure(mark), "cac-tick", MIDDLE)),
  letter(EDGE + 6, FOOT + 13, t("km"), "cac-tick"),
  letter(FRAME.left - 5, FRAME.top - 5, t("h"), "cac-tick", END_AT),
];

/* The states in turn, each named where there is room, upright where there is little. */
const bands = (course, { x }) => course.bands.flatMap(([state, endKm], n) => {
  const [start, end] = [x(n ? course.bands[n - 1][1] : 0), x(endKm)];
  const look = state === null ? "cac-band cac-at-sea" : `cac-band cac-band-${n % 2}`;
  const box = { x: start, y: FRAME.top, width: end - start, height: FOOT - FRAME.top, class: look };
  const name = state === null ? t("at sea") : named(state);
  const letters = lettersOf(name);
  const middle = Math.round((start + end) / 2);
  if (end - start >= LETTER * letters) {
    return [draw("rect", box), letter(middle, FRAME.top + 11, name, "cac-state-name", MIDDLE)];
  }
  if (end - start < 12 || letters > 14) { return [draw("rect", box)]; }
  const turn = { ...END_AT, transform: `rotate(-90 ${middle + 4} ${FRAME.top + 4})` };
  return [draw("rect", box), letter(middle + 4, FRAME.top + 4, name, "cac-state-name", turn)];
});

/* The places where much of the time is spent standing, from the bottom up, so that no two names meet. */
const longStops = (course, { x, y }) => {
  let free = FRAME.height;
  return course.stops.map(([place, km, middleH, hours]) => {
    const at = x(km);
    free = Math.min(y(middleH) + 4, free - 12);
    const took = withUnit(figure(hours), "h");
    const label = fill("{p0} {p1}", { p0: nameOf(data.places[place]), p1: took });
    const width = 5 + LETTER * lettersOf(label);
    const isLeft = at + width > FRAME.width - 4;
    const shown = isLeft && at < width ? took : label;
    return letter(isLeft ? at - 5 : at + 5, free, shown, "cac-stop-name", isLeft ? END_AT : {});
  });
};

const pathOf = (points) => "M" + points.map((point) => point.join(" ")).filter((text, n, all) => text !== all[n - 1]).join("L");

const drawChart = ({ svg, number }, course, scale) => {
  const title = draw("title", {});
  if (!course) {
    title.textContent = fill("{route}: no route under these conditions", { route: data.routes[number].name });
    const said = letter((FRAME.left + EDGE) / 2, FRAME.height / 2, t("no route under these conditions"), "cac-tick", MIDDLE);
    svg.replaceChildren(title, ...axes(scale), said);
    return;
  }
  const { x, y } = scale;
  const [length, hours] = [0, HOURS].map((n) => figuresOf(number)[n][0]);
  title.textContent = fill("{route}: {hours} over {length}", { route: data.routes[number].name, hours, length });
  const outline = [
    ...course.points.map(([km, , , high]) => [x(km), y(high)]),
    ...course.points.slice(1).reverse().map(([km, , low]) => [x(km), y(low)]),
  ];
  const last = course.points.at(-1);
  svg.replaceChildren(
    title, ...bands(course, scale), ...axes(scale),
    draw("path", { d: pathOf(outline) + "Z", class: "cac-ribbon" }),
    draw("path", { d: pathOf(course.points.map(([km, h]) => [x(km), y(h)])), class: "cac-hours-line" }),
    ...longStops(course, scale),
    letter(x(last[0]) + 5, y(last[1]) + 4, hours, "cac-end"),
  );
};

/* Draw all diagrams for the view; as compared they are as they were written. */
const drawCharts = () => {
  if (condition() === 0) {
    charts.forEach(({ svg, asWritten }) => svg.replaceChildren(...asWritten));
    return;
  }
  const groups = new Set(charts.map(({ number }) => data.routes[number].group));
  groups.forEach((group) => {
    const own = charts.filter(({ number }) => data.routes[number].group === group);
    const courses = own.map(({ number }) => courseOf(number));
    const scale = scaleOf(courses);
    own.forEach((chart, n) => drawChart(chart, courses[n], scale));
  });
};

/* Every diagram says for which service and year it is. */
const sayCharts = () => charts.forEach(({ number, service }) => { service.textContent = serviceOf(number); });
