/* What a reader takes away: tables, lines, a picture, a citation, the same question in Python and in a shell. */

import { figureOf } from "./journey.mjs";
import { amountAt, rangeOf } from "./measures.mjs";
import { worldOf } from "./routes.mjs";

/* One cell of CSV; what a spreadsheet would take for a formula is guarded. */
const cell = (value) => {
  const text = value === null || value === undefined ? "" : String(value);
  const guarded = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
};

/* The steps of a route as tidy CSV: one a row, ids, units, ranges, sources, conditions. */
export const stepsAsCsv = (atlas, route, view) => {
  const { data } = atlas;
  const world = worldOf(atlas, route.question);
  const rows = route.steps.filter((step) => step.hours > 0 || step.km > 0).map((step, at) => {
    const figure = figureOf(atlas, route, step);
    const [low, high] = rangeOf(world, [step]);
    const amounts = atlas.measures.map(({ name, column }) => [column, amountAt(world, name, step)]);
    return {
      step: at + 1,
      kind: data.network.kinds[step.kind],
      from_id: data.places.id[step.from],
      to_id: data.places.id[step.to],
      from: data.places.names[0][step.from],
      to: data.places.names[0][step.to],
      mode: data.modes[step.mode].id,
      state: data.states[step.state] ? data.states[step.state].id : data.sea,
      link: step.link < 0 ? "" : atlas.linkIds[step.link],
      ...Object.fromEntries(amounts),
      time_low_h: low,
      time_high_h: high,
      added_h: step.added,
      figure: figure.value,
      figure_unit: figure.unit,
      basis: figure.basis,
      figure_year: figure.year,
      source_id: figure.source,
      source: (data.sources[figure.source] || [""])[0],
      source_address: (data.sources[figure.source] || ["", "", "", ""])[3],
      asked_year: view.year === null ? "today" : view.year,
      asked_month: view.month,
      scenario: view.scenario,
      via: view.via.join(" "),
      through: view.through.join(" "),
      level: view.level,
      modes: view.modes.join(" "),
      criterion: view.criterion,
      closed: view.closed.join(" "),
      data_version: data.about.version,
    };
  });
  const head = Object.keys(rows[0]);
  return [head.map(cell), ...rows.map((row) => head.map((name) => cell(row[name])))].map((row) => row.join(",")).join("\r\n");
};

/* The way as GeoJSON: one feature a link, with what it takes. */
export const wayAsGeoJson = (atlas, route, lines) => JSON.stringify({
  type: "FeatureCollection",
  features: route.links.map((link) => {
    const steps = route.steps.filter((step) => step.link === link);
    const parts = lines[link].map((points) => points.map(([lat, lon]) => [lon, lat]));
    return {
      type: "Feature",
      properties: {
        link: atlas.linkIds[link],
        mode: atlas.data.modes[steps[0].mode].id,
        length_km: steps.reduce((sum, step) => sum + step.km, 0),
        time_h: steps.reduce((sum, step) => sum + step.hours, 0),
      },
      geometry: { type: "MultiLineString", coordinates: parts },
    };
  }),
});

/* ---------------------------------------------------------------- the same question elsewhere */

const quote = (text) => JSON.stringify(text);
const ONE_EACH = ["via", "close", "delay"];  /* options of the shell that take one word and are repeated */
const words = (list) => `[${list.map(quote).join(", ")}]`;

/* The conditions of a view that differ from the usual ones, as names and values. */
const conditionsOf = (view, states, worth) => Object.entries({
  close: view.close || [],
  delay: view.delay || [],
  via: view.via,
  through: view.through,
  avoid: states,
  modes: view.modes,
  level: view.level === "express" ? null : view.level,
  year: view.year,
  month: view.month,
  criterion: view.criterion === "time" ? null : view.criterion,
  value_of_time: view.criterion === "generalised" ? worth : null,
  scenario: view.scenario,
}).filter(([, value]) => value !== null && value.length !== 0);

/* The line of Python that gives the same answer. */
export const asPython = (view, index, worth, applied) => {
  const { states, links } = closedOf(view, index);
  const edits = [
    ...links.map((link) => `cc.Edit("links", ${quote(link)}, "close", note="what if"),`),
    ...Object.entries(view.added).map(([link, hours]) => `cc.Edit("links", ${quote(link)}, "delay", value="${hours}", note="what if"),`),
  ];
  /* what is supposed beside a scenario speaks of what that leaves */
  const isEdited = edits.length > 0;
  const under = [...applied, ...(isEdited && view.scenario !== null ? [view.scenario] : [])];
  const options = conditionsOf(isEdited ? { ...view, scenario: null } : view, states, worth).map(([name, value]) => {
    return `${name}=${Array.isArray(value) ? words(value) : typeof value === "number" ? value : quote(value)}`;
  });
  const call = ["net", quote(view.origin), quote(view.destination), ...options, ...(isEdited ? ["scenario=supposed"] : [])].join(", ");
  return [
    "import cacorridor as cc",
    "net = cc.load_network()",
    ...under.map((name) => `net = cc.apply_scenarios(net, ${quote(name)})`),
    ...(isEdited ? ['supposed = cc.Scenario("what if", (', ...edits.map((edit) => `    ${edit}`), "))"] : []),
    `cc.find_route(${call})`,
  ].join("\n");
};

/* What a view closes, as ids of states and of links. */
const closedOf = ({ closed }, index) => ({
  states: closed.filter((id) => index.states.has(id)),
  links: closed.filter((id) => !index.states.has(id)),
});

const shellQuote = (text) => (/^[\w.:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/* The shell command that gives the same answer. */
export const asCommand = (view, index, worth, applied) => {
  const { states, links } = closedOf(view, index);
  const delays = Object.entries(view.added).map(([link, hours]) => `${link}=${hours}`);
  const supposed = [...applied, ...(view.scenario === null ? [] : [view.scenario])];
  const conditions = conditionsOf({ ...view, scenario: null, close: links, delay: delays }, states, worth);
  const options = [...conditions, ...(supposed.length > 0 ? [["scenario", supposed]] : [])].flatMap(([name, value]) => {
    const option = `--${name.replaceAll("_", "-")}`;
    const words = [value].flat().map((each) => shellQuote(String(each)));
    return ONE_EACH.includes(name) ? words.map((word) => `${option} ${word}`) : [`${option} ${words.join(" ")}`];
  });
  return ["cacorridor route", shellQuote(view.origin), shellQuote(view.destination), ...options].join(" ");
};

export const asCitation = ({ about }, address) => [
  `cacorridor ${about.library}.`,
  ...(about.scenarios && about.scenarios.length > 0 ? [`Under ${about.scenarios.join(", ")}.`] : []),
  `Dataset ${about.version || "without a version"}${about.as_of ? `, as of ${about.as_of}` : ""}.`,
  address,
].filter(Boolean).join(" ");

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/* The line that shows a view in another page; the address is that of this page with the view in its fragment. */
export const asEmbed = (title, address) => {
  return `<iframe src="${escape(address)}" title="${escape(title)}" width="100%" height="560" style="border: 0" loading="lazy"></iframe>`;
};

/* Hand over as a file what stands at an address. */
export const offer = (name, address) => {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
};

export const download = (name, text, type) => offer(name, `data:${type};charset=utf-8,${encodeURIComponent(text)}`);
