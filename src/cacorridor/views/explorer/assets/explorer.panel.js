/* The explorer, part 4 of 5: the panel with figures and tables, the comparison, and the table as a file. */

const legsOf = (number) => {
  const way = wayOf(number);
  const legs = answerOf(number).legs;
  return way.legs.map(([from, to, length], i) => {
    const [manner, ...others] = legs[i];
    return { from: data.places[from], to: data.places[to], amounts: [length, ...others], manner: data.texts[manner] };
  });
};

const legRow = (leg) => {
  const row = make("tr");
  const head = make("th");
  head.scope = "row";
  const ends = leg.from === leg.to ? nameOf(leg.from) : nameOf(leg.from) + " \u2192 " + nameOf(leg.to);
  const names = make("span", "", ends);
  names.lang = languageOf(leg.from);
  head.append(names, make("small", "", leg.manner));
  row.append(head, ...leg.amounts.map((text) => make("td", "", text)));
  return row;
};

/* The key figures: value and note; the first note is the service asked for. */
const figuresOf = (number) => {
  const row = answerOf(number).row.map((text) => data.texts[text]);
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
    const [value, note] = figuresOf(number)[i];
    cell.querySelector("strong").textContent = value;
    cell.querySelector("span").textContent = note;
  });
  table.querySelector("tbody").replaceChildren(...legsOf(number).map(legRow));
};

// ---------------------------------------------------------------- two routes side by side

const comparison = () => {
  const pair = [view.route, view.second];
  const cells = pair.map((number) => {
    const answer = answerOf(number);
    return answer.why === undefined ? answer.row.map((text) => data.texts[text]) : data.rows.map((_, i) => (i ? "\u2013" : answer.why));
  });
  const head = ["", ...pair.map((number) => data.routes[number].name)];
  const service = ["Asked of", ...pair.map(serviceOf)];
  return [head, service, ...data.rows.map((name, i) => [name, cells[0][i], cells[1][i]])];
};

const drawComparison = () => {
  compared.hidden = view.second < 0;
  compared.replaceChildren();
  if (view.second < 0) { return; }
  const [head, ...rows] = comparison();
  const table = make("table");
  table.append(make("caption", "", "Side by side"));
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
  compared.append(table);
};

// ---------------------------------------------------------------- the table as a file

/* A number loses the commas of its thousands; any other cell that a spreadsheet would compute is quoted. */
const csvCell = (text) => {
  const plain = String(text);
  const number = /^-?\d{1,3}(,\d{3})*(\.\d+)?$|^-?\d+(\.\d+)?$/.test(plain);
  const safe = number ? plain.replaceAll(",", "") : plain.replace(/^\s*[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
};

const tableShown = () => {
  if (view.second >= 0) { return comparison(); }
  if (!wayOf(view.route)) { return [["Route", "Answer"], [data.routes[view.route].name, answerOf(view.route).why]]; }
  const rows = legsOf(view.route).map((leg) => [nameOf(leg.from), nameOf(leg.to), leg.manner, ...leg.amounts]);
  return [["From", "To", "How", ...data.amounts], ...rows];
};

const csvOf = (rows) => "\ufeff" + rows.map((row) => row.map(csvCell).join(",") + "\r\n").join("");

const download = () => {
  const address = URL.createObjectURL(new Blob([csvOf(tableShown())], { type: "text/csv" }));
  const link = make("a");
  link.href = address;
  link.download = data.routes[view.route].slug + (view.second < 0 ? "" : "-compared") + ".csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};
