/* The address of a view: everything a reader chose, in the fragment, and back.

   #moscow/osh&via=baku&through=UZB&closed=KAZ,road:a:b&added=road:a:b*24&year=2031&month=1&scenario=x&level=typical
   &modes=rail&criterion=generalised&worth=20&lang=ru&embed=1 */

export const LANGUAGES = ["en", "ru", "zh"];

const MOST_PINS = 6;  /* places to pass, and states to cross, that an address may name */

const clean = (text) => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return "";  /* a fragment that somebody broke */
  }
};

const number = (text, least, most) => {
  const value = /^\d{1,4}$/.test(text || "") ? Number(text) : NaN;
  return value >= least && value <= most ? value : null;
};

const list = (text) => (text || "").split(",").map(clean).filter((word) => word !== "");

/* Write a view as a fragment; what is as usual is left out. */
export const writeAddress = (view) => {
  const word = encodeURIComponent;
  const values = {
    via: view.via.map(word).join(","),
    through: view.through.map(word).join(","),
    closed: view.closed.map(word).join(","),
    added: Object.entries(view.added).map(([link, hours]) => `${word(link)}*${hours}`).join(","),
    year: view.year,
    month: view.month,
    scenario: view.scenario === null ? null : word(view.scenario),
    level: view.level === "express" ? null : view.level,
    modes: view.modes.map(word).join(","),
    criterion: view.criterion === "time" ? null : view.criterion,
    worth: view.worth,
    lang: view.language === "en" ? null : view.language,
    embed: view.embed ? 1 : null,
  };
  const parts = Object.entries(values).filter(([, value]) => value !== null && value !== "");
  const ends = view.origin || view.destination ? `${word(view.origin)}/${word(view.destination)}` : "";
  return `#${[ends, ...parts.map(([key, value]) => `${key}=${value}`)].filter(Boolean).join("&")}`;
};

/* Read a fragment; what it does not name, or names wrongly, is as usual.

   index    what ids there are, see api
   allowed  { levels, criteria, scenarios } */
export const readAddress = (fragment, index, allowed) => {
  const parts = fragment.replace(/^#/, "").split("&");
  const values = new Map(parts.filter((part) => part.includes("=")).map((part) => {
    const at = part.indexOf("=");
    return [part.slice(0, at), part.slice(at + 1)];
  }));
  const ends = (parts.find((part) => part !== "" && !part.includes("=")) || "/").split("/").map(clean);
  const place = (id) => (index.places.has(id) ? id : "");
  const one = (key, words, usual) => (words.includes(values.get(key)) ? values.get(key) : usual);
  const known = (id) => index.states.has(id) || index.links.has(id);
  const added = list(values.get("added")).map((text) => {
    const at = text.lastIndexOf("*");
    return [text.slice(0, at), text.slice(at + 1)];
  });
  const words = index.modes.flatMap(({ id, family }) => [id, family]);
  const scenario = clean(values.get("scenario") || "");
  const worth = /^\d{1,6}(\.\d{1,4})?$/.test(values.get("worth") || "") ? Number(values.get("worth")) : null;
  const passed = list(values.get("via")).filter((id) => index.places.has(id) && !ends.includes(id));
  return {
    origin: place(ends[0]),
    destination: place(ends[1]),
    via: [...new Set(passed)].slice(0, MOST_PINS),
    through: [...new Set(list(values.get("through")).filter((id) => index.states.has(id)))].slice(0, MOST_PINS),
    closed: [...new Set(list(values.get("closed")).filter(known))],
    added: Object.fromEntries(added.flatMap(([link, hours]) => {
      const value = number(hours, 1, 2000);
      return index.links.has(link) && value !== null ? [[link, value]] : [];
    })),
    year: number(values.get("year"), 1900, 2100),
    month: number(values.get("month"), 1, 12),
    scenario: allowed.scenarios.includes(scenario) ? scenario : null,
    level: one("level", allowed.levels, "express"),
    modes: [...new Set(list(values.get("modes")).filter((word) => words.includes(word)))],
    criterion: one("criterion", allowed.criteria, "time"),
    worth,
    language: one("lang", LANGUAGES, "en"),
    embed: values.get("embed") === "1",
  };
};
