/* The explorer, part 6 of 10: the panel with figures and tables, the comparison, and the table as a file. */

/* A number of the script's own, with as many digits as it deserves. */
const figure = (value) => {
  const options = { maximumFractionDigits: Math.abs(value) >= 10 ? 0 : 1 };
  return numeral(value.toLocaleString("en-US", options));
};
const signed = (value) => (value < 0 ? "\u2212" : "+") + figure(Math.abs(value));

const legsOf = (number) => {
  const { legs, raw, cited } = answerOf(number);
  return wayOf(number).legs.map((at) => data.legs[at]).map(([from, to, length, kind, mode, states, basis], i) => {
    const [manner, ...others] = legs[i];
    const ends = { from: data.places[from], to: data.places[to] };
    return { ...ends, kind, mode, states, basis, amounts: [length, ...others], raw: raw[i], cited: cited[i].map((at) => data.sources[at]), manner: say(data.texts[manner]) };
  });
};

/* Move the map to a leg, from end to end. */
const showLeg = (leg) => {
  map.fitBounds(L.latLngBounds([leg.from.at, leg.to.at]), { ...REST, padding: [60, 60], maxZoom: 8 });
  mapNode.scrollIntoView({ block: "nearest" });
};

const legRow = (leg) => {
  const row = make("tr");
  const head = make("th");
  head.scope = "row";
  const ends = leg.from === leg.to ? nameOf(leg.from) : nameOf(leg.from) + " \u2192 " + nameOf(leg.to);
  const names = make("button", "cac-leg", ends);
  names.type = "button";
  names.lang = languageOf(leg.from);
  names.title = t("Show this leg on the map");
  names.addEventListener("click", () => showLeg(leg));
  head.append(names, make("small", "", leg.manner));
  row.append(head, ...leg.amounts.map((text) => make("td", "", numeral(text))));
  return row;
};

/* The key figures: value and note; the first note is the service asked for. */
const figuresOf = (number) => {
  const row = answerOf(number).row.map((text) => say(data.texts[text]));
  const note = (at, i) => (at === null ? (i ? "" : serviceOf(number)) : row[at]);
  return data.figures.map(([value, at], i) => [row[value], note(at, i)]);
};

const fillArticle = (article, number) => {
  const figures = article.querySelector(".cac-figures");
  const table = article.querySelector(".cac-legs");
  const there = wayOf(number) !== null;
  figures.hidden = !there;
  table.hidden = !there;
  if (!there) { return; }
  figures.querySelectorAll("dd").forEach((cell, i) => {
    const [value, text] = figuresOf(number)[i];
    cell.querySelector("strong").textContent = value;
    cell.querySelector("span").textContent = text;
  });
  table.querySelector("tbody").replaceChildren(...legsOf(number).map(legRow));
};

// ---------------------------------------------------------------- two routes side by side

/* What the second route has more or less of a measure than the first. */
const differences = (pair) => {
  const totals = pair.map((number) => answerOf(number).totals);
  const found = {};
  if (totals.every(Boolean)) {
    data.measured.filter((_, i) => totals.every((total) => total[i] !== null)).forEach(([row, unit]) => {
      const i = data.measured.findIndex(([own]) => own === row);
      found[row] = withUnit(signed(totals[1][i] - totals[0][i]), unit);
    });
  }
  return found;
};

const comparison = () => {
  const pair = [view.route, view.second];
  const cells = pair.map((number) => (wayOf(number) ? answerOf(number).row.map((text) => say(data.texts[text])) : data.rows.map(() => "\u2013")));
  const more = differences(pair);
  const rows = [
    ["", ...pair.map(routeName), t("Difference")],
    [t("Service and year"), ...pair.map(serviceOf), ""],
    ...data.rows.map((name, i) => [t(name), cells[0][i], cells[1][i], more[i] || ""]),
  ];
  if (pair.every((number) => wayOf(number))) { return rows; }
  return [...rows, [t("Why not"), ...pair.map((number) => (wayOf(number) ? "" : told(answerOf(number)))), ""]];
};

const routeName = (number) => say(data.routes[number].name);

const drawComparison = () => {
  compared.hidden = view.second < 0;
  compared.replaceChildren();
  if (view.second < 0) { return; }
  const [head, ...rows] = comparison();
  const table = make("table");
  table.append(make("caption", "", t("Side by side")));
  const names = table.createTHead().insertRow();
  head.forEach((text, i) => {
    const cell = make(i ? "th" : "td", "", text);
    if (i) { cell.scope = "col"; }
    names.append(cell);
  });
  const body = table.createTBody();
  rows.forEach(([name, ...texts]) => {
    const row = body.insertRow();
    const first = make("th", "", name);
    first.scope = "row";
    row.append(first, ...texts.map((text) => make("td", "", text)));
  });
  const ends = [view.route, view.second].map((number) => data.routes[number].ends.join());
  if (ends[0] !== ends[1]) { compared.append(make("p", "cac-note", t("These two routes join different places."))); }
  compared.append(table);
};

// ---------------------------------------------------------------- the table as a file

/* A number stays one; any other cell that a spreadsheet would compute is quoted. */
const csvCell = (value) => {
  const plain = String(value);
  const safe = typeof value === "number" ? plain : plain.replace(/^\s*[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
};

/* One leg a row, figures as numbers with the unit in the heading, and the conditions in every row. */
const tableShown = () => {
  const asked = data.conditions[condition()];
  const numbers = [view.route, view.second].filter((n) => n >= 0);
  const head = ["route", "leg", "from_id", "from", "to_id", "to", "kind", "mode", "states", ...data.columns, "basis", "source_ids", "sources", "source_addresses", "service", "year", "month", "why_not"];
  const blank = data.columns.map(() => "");
  const rows = numbers.flatMap((n) => {
    const english = (part) => { const { language } = view; view.language = "en"; const text = say(part); view.language = language; return text; };
    const route = english(data.routes[n].name);
    const level = english(data.texts[data.routes[n].services[condition()]]).split(" ")[0];
    const when = [level, asked[1] || data.routes[n].own || data.today, asked[2] || ""];
    if (!wayOf(n)) { return [[route, "", "", "", "", "", "", "", "", ...blank, "", "", "", "", ...when, english(answerOf(n).why.map((at) => data.texts[at]))]]; }
    return legsOf(n).map((leg, i) => [route, i + 1, leg.from.id, leg.from.name, leg.to.id, leg.to.name, leg.kind, leg.mode, leg.states, ...leg.raw, leg.basis, ...[0, 1, 2].map((at) => leg.cited.map((source) => source[at]).filter(Boolean).join("; ")), ...when, ""]);
  });
  return [head, ...rows];
};

const csvOf = (rows) => "\ufeff" + rows.map((row) => row.map(csvCell).join(",") + "\r\n").join("");

const download = () => {
  const address = URL.createObjectURL(new Blob([csvOf(tableShown())], { type: "text/csv" }));
  const link = make("a");
  const [level, year, month] = data.conditions[condition()];
  const parts = [data.routes[view.route].slug, view.second < 0 ? "" : "compared", level, year, month && "month-" + month];
  link.href = address;
  link.download = parts.filter(Boolean).join("-") + ".csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};
