/* What is wrong with the explorer as it stands, told from what it says and from `window.cacorridor.route` alone.

   (page) => ...: `page` is what the page carries (words, names, places, years); sets `window.looking`:
   page     the same
   look     the faults of the page as texts; `isThorough` also asks for the prices and for the open network
   said     all that the page says and shows, as texts */
(page) => {
  const LANGUAGES = ["en", "ru", "zh"];
  const { cacorridor } = window;
  const find = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const textsOf = (selector) => all(selector).map(({ textContent }) => textContent);
  const placeAt = new Map(page.places.id.map((id, number) => [id, number]));
  const stateAt = new Map(page.states.map(({ id }, number) => [id, number]));
  const [firstGoods] = Object.values(page.money.goods);
  const usualWorth = page.money.goods.general === undefined ? firstGoods : page.money.goods.general;

  /* ---------------------------------------------------------------- the question */

  const viewOf = (address) => {
    const parts = address.slice(1).split("&");
    const ends = parts.find((part) => part !== "" && !part.includes("=")) || "/";
    const [origin, destination] = ends.split("/").map(decodeURIComponent);
    const given = new Map(parts.filter((part) => part.includes("=")).map((part) => part.split("=")));
    const list = (key) => (given.has(key) ? given.get(key).split(",").map(decodeURIComponent) : []);
    const number = (key) => (given.has(key) ? Number(given.get(key)) : null);
    const word = (key, usual) => (given.has(key) ? decodeURIComponent(given.get(key)) : usual);
    const added = list("added").map((each) => [each.slice(0, each.lastIndexOf("*")), Number(each.slice(each.lastIndexOf("*") + 1))]);
    const options = {
      via: list("via"), through: list("through"), closed: list("closed"), modes: list("modes"), added: Object.fromEntries(added),
      year: number("year"), month: number("month"), scenario: word("scenario", null), level: word("level", "express"),
      criterion: word("criterion", "time"), value_of_time: given.has("worth") ? number("worth") : usualWorth,
    };
    return { origin, destination, options, language: word("lang", "en"), isEmbedded: given.has("embed") };
  };

  const distinct = (list) => [...new Set(list)];
  const met = ({ states, touches }) => distinct([...states, ...touches]);

  /* What a way costs by what is called best. */
  const valueOf = (route, { criterion, value_of_time }) => {
    if (criterion === "generalised") { return route.totals.cost_usd + value_of_time * route.hours; }
    return route.totals[page.network.measures.find(({ name }) => name === criterion).column];
  };

  /* ---------------------------------------------------------------- its words */

  const formats = new Map();  /* which cost more to make than to use */
  const formatOf = (language, maximumFractionDigits, signDisplay) => {
    const key = [language, maximumFractionDigits, signDisplay].join();
    if (!formats.has(key)) { formats.set(key, new Intl.NumberFormat(language, { maximumFractionDigits, signDisplay })); }
    return formats.get(key);
  };

  const writer = (language) => {
    const at = LANGUAGES.indexOf(language);
    const say = (key, values = {}) => {
      return page.words[key][at].replace(/\{(\w+)\}/g, (_, name) => String(values[name])).replace(/\.\.$/, ".");
    };
    const number = (value, signDisplay = "auto") => {
      const maximumFractionDigits = Math.abs(value) >= 9.95 ? 0 : 1;
      return formatOf(language, maximumFractionDigits, signDisplay).format(value).replace("-", "\u2212");
    };
    const unit = (name) => (name in page.words ? say(name) : name);
    const amount = ({ unit: name }, value, sign) => `${number(value, sign)}\u00a0${unit(name)}`;
    return {
      say,
      number,
      amount,
      place: (id) => page.places.names[at][placeAt.get(id)] || page.places.names[0][placeAt.get(id)],
      state: (id) => page.states[stateAt.get(id)].names[at],
      list: (names) => names.join(language === "zh" ? "\u3001" : ", "),
      price: (measure, added) => (added === Infinity ? say("cut_off") : added < 0.05 ? say("nothing") : amount(measure, added, "exceptZero")),
      figure: (text) => Number((language === "ru" ? text.replace(",", ".") : text).replace(/[^\d.]/g, "")),
    };
  };

  /* ---------------------------------------------------------------- looking */

  const isWritten = () => document.querySelector(".cac-sheet[aria-busy]") === null;
  const first = (selector) => { const [text = ""] = textsOf(selector); return text; };

  /* What is said to be set, against the address. */
  const lookAtSettings = (expect, write, { origin, destination, options, language, isEmbedded }) => {
    const { year, month, level, criterion, scenario, modes, closed, via, through, value_of_time } = options;
    expect("language", [document.documentElement.lang, find("cac-language").value], [language, language]);
    const ends = [origin, destination].map((id) => (id ? write.place(id) : ""));
    expect("ends", [find("cac-from").value, find("cac-to").value, find("cac-via").value], [...ends, ""]);
    expect("year", find("cac-year-shown").textContent, year === null ? write.say("today") : String(year));
    const chosen = ["month", "level", "criterion", "scenario"].map((name) => find(`cac-${name}`).value);
    expect("conditions", chosen, [String(month || ""), level, criterion, scenario || ""]);
    expect("worth", Number(find("cac-worth").value), value_of_time);
    distinct(page.modes.map(({ family }) => family)).forEach((family) => {
      const isBy = ({ family: own, id }) => own === family && (modes.includes(id) || modes.includes(family));
      expect(family, find(`cac-mode-${family}`).checked, modes.length === 0 || page.modes.some(isBy));
    });
    const named = [...closed.filter((id) => stateAt.has(id)).map(write.state), ...via.map(write.place), ...through.map(write.state)];
    const chips = textsOf("#cac-closed .cac-chip").map((text) => text.replace(/ \u00d7$/, ""));
    expect("chips", chips.length, closed.length + via.length + through.length);
    expect("chips without", named.filter((name) => !chips.includes(name)), []);
    const shut = all("path[data-relation=closed]:not(.cac-legend *)").map(({ dataset }) => dataset.state).filter(Boolean);
    expect("states drawn as closed", shut.sort(), closed.filter((id) => stateAt.has(id)).sort());
    expect("whole", find("cac-whole").getAttribute("href"), cacorridor.view().replace(isEmbedded ? /&embed=1$/ : /^$/, ""));
  };

  /* The answer, against that of the page's own function. */
  const lookAtAnswer = (expect, write, { origin, destination, options }, route) => {
    const ends = { from: write.place(origin), to: write.place(destination) };
    const sentence = first("#cac-answer .cac-sentence");
    const includes = (name, text, part) => { if (!text.includes(part)) { expect(name, text, part); } };
    expect("heading", first("#cac-answer h2"), write.say("ends", ends));
    includes("year", first("#cac-answer"), options.year === null ? write.say("network_today") : write.say("network_of", { year: options.year }));
    if ("why" in route) { includes("no way", sentence, write.say("no_route", ends)); return; }
    const [low, high] = [route.hours_low, route.hours_high].map((bound) => write.number(bound));
    expect("hours", first("#cac-answer strong"), `${write.number(route.hours)}\u00a0${write.say("h")}`);
    expect("range", first(".cac-figure-line > span"), write.say("range", { low, high }));
    page.network.measures.filter(({ name }) => name !== "time").forEach((measure) => {
      includes(measure.name, first(".cac-others"), write.amount(measure, route.totals[measure.column]));
    });
    [["crosses", route.states], ["touches", route.touches]].filter(([, ids]) => ids.length > 0).forEach(([key, ids]) => {
      includes(key, sentence, write.say(key, { list: write.list(ids.map(write.state)) }));
    });
  };

  /* What stands below the answer: nothing until it is written, then legs that add up to it. */
  const lookBelow = (expect, write, view, route) => {
    const parts = all("#cac-prices > *, #cac-legs > *, #cac-take > *").length;
    if (!isWritten() || "why" in route) { expect("words before their time", parts, 0); return; }
    const rows = all("#cac-legs tbody tr").map(({ cells }) => [cells[1].textContent, cells[2].firstChild.textContent]);
    const [km, hours] = [0, 1].map((column) => rows.reduce((sum, row) => sum + write.figure(row[column]), 0));
    const isSum = (sum, total) => rows.length > 0 && Math.abs(sum - total) <= 0.5 * rows.length;
    expect(`legs of ${hours} h and ${km} km add up to ${route.hours} h and ${route.km} km`, isSum(hours, route.hours) && isSum(km, route.km), true);
    const python = first("#cac-take pre");
    const ids = [view.origin, view.destination, ...view.options.closed, ...view.options.via, ...view.options.through];
    expect("not in the line of Python", ids.filter((id) => !python.includes(JSON.stringify(id))), []);
  };

  /* The price of each closure is the difference of two answers; whom the way bypasses, that of two ways. */
  const lookAtPrices = (expect, write, { origin, destination, options }, route) => {
    const { closed, through, via, criterion } = options;
    const measure = page.network.measures.find(({ name }) => name === criterion) || { unit: "usd" };
    const ask = (change) => cacorridor.route(origin, destination, { ...options, ...change });
    const priceOf = (ids) => {
      const other = ask({ closed: [...closed, ...ids] });
      return write.price(measure, "why" in other ? Infinity : valueOf(other, options) - valueOf(route, options));
    };
    const held = [route.states[0], route.states[route.states.length - 1], ...through];
    const vias = via.map((id) => page.state_of[id]);
    const prices = new Map(met(route).filter((id) => ![...held, ...vias].includes(id)).map((id) => [write.state(id), priceOf([id])]));
    const rowsOf = (table) => [...table.querySelectorAll("tbody tr")].map(({ cells }) => [cells[0].firstChild.textContent, cells[1].textContent]);
    const [states, crossings] = all("#cac-prices table").map(rowsOf);
    const sorted = (rows) => [...rows].map((row) => row.join(": ")).sort();
    expect("prices of states", sorted(states), sorted(prices));
    const nameOf = (link) => link.split(":").slice(-2).map(write.place).join(" \u2013 ");
    const isMade = (link) => link.split(":").length === 3 && link.split(":").slice(1).every((id) => placeAt.has(id));
    crossings.forEach(([name, price]) => {
      const links = route.links.filter((link) => isMade(link) && nameOf(link) === name);
      if (links.length > 0) { expect(`price of ${name}: ${price}, not`, links.map((link) => priceOf([link])).includes(price), true); }
    });
    all(".cac-label [data-of]").forEach((label) => {
      const [name, price] = [...label.querySelectorAll("b, i")].map(({ textContent }) => textContent);
      expect("name on the map", name, write.state(label.dataset.of));
      expect(`price of ${name} on the map`, price, prices.get(name));
    });
    const open = ask({ closed: [], added: {}, via: [], through: [], scenario: null });
    const bypassed = "why" in open ? [] : met(open).filter((id) => !met(route).includes(id));
    const said = first("#cac-answer .cac-sentence");
    const told = write.say("bypasses", { list: write.list(bypassed.map(write.state)) });
    expect("bypasses", said.includes(bypassed.length > 0 ? told : write.say("bypasses", { list: "" }).slice(0, -1)), bypassed.length > 0);
  };

  const look = ({ isThorough }) => {
    const faults = [];
    const expect = (name, shown, wanted) => {
      const [one, other] = [shown, wanted].map((each) => JSON.stringify(each));
      if (one !== other) { faults.push(`${name}: ${one}, not ${other}`); }
    };
    const view = viewOf(cacorridor.view());
    const write = writer(view.language);
    const script = document.querySelector("main").textContent.match(/.{0,40}(?:undefined|NaN|\[object|Infinity).{0,40}/);
    if (script) { faults.push(`a word of the script: ${script[0]}`); }
    const [there, here] = [window.location.hash, cacorridor.view()].map((address) => address.slice(1).split("&").sort());
    if (window.location.hash !== "") { expect("address", there, here); }
    lookAtSettings(expect, write, view);
    if (!view.origin || !view.destination) { return faults; }
    const route = cacorridor.route(view.origin, view.destination, view.options);
    expect("there is no way", all("#cac-answer strong").length, "why" in route ? 0 : 1);
    if (faults.length > 0) { return faults; }
    lookAtAnswer(expect, write, view, route);
    lookBelow(expect, write, view, route);
    if (isThorough && !("why" in route)) { lookAtPrices(expect, write, view, route); }
    return faults;
  };

  /* What was said of the acts before, and figures that were opened, are no part of a view; names and marks of the map
     depend on its size, too. */
  const said = () => {
    const size = window[document.querySelector(".folium-map").id].getSize().toString();
    all(".cac-notice, .cac-undo, .cac-legs details ul").forEach((node) => node.remove());
    const fields = all("main input, main select").map(({ value, checked }) => `${value}${checked ? "*" : ""}`);
    const colours = all("path[data-state]").map(({ dataset }) => dataset.relation);
    const marks = [...textsOf(".cac-label"), ...all(".cac-stop").map(({ title }) => title)];
    return { words: [...textsOf(".cac-head, .cac-sheet"), ...colours, ...fields].join("|"), marks: marks.join("|"), size };
  };

  window.looking = { page, look, said, isWritten };
}
