/* The explorer, part 1 of 10: the data, the parts of the page, and small tools.
 * Data come from one JSON block and reach the page through textContent only.
 * All parts stand in one function. ASCII only: the policy of the page names the text by its hash. */
const block = document.getElementById("cac-data");
const mapNode = document.querySelector(".folium-map");

/* Undo the compression of the data; chunk by chunk, which needs no turn of the clock in most browsers. */
const unpack = async (base64) => {
  const stream = new DecompressionStream("deflate");
  const writer = stream.writable.getWriter();
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  writer.write(packed).then(() => writer.close(), () => {});
  const reader = stream.readable.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
  }
  return JSON.parse(text);
};

const data = await unpack(JSON.parse(block.textContent));
const map = window[mapNode.id];
const find = (id) => document.getElementById(id);
const choice = find("cac-choice");
const second = find("cac-second");
const filter = find("cac-filter");
const player = find("cac-play");
const yearSlider = find("cac-year");
const levelChoice = find("cac-level");
const monthChoice = find("cac-month");
const languageChoice = find("cac-language");
const note = find("cac-note");
const status = find("cac-status");
const panel = find("cac-panel");
const compared = find("cac-compared");
const articles = [...panel.querySelectorAll(".cac-route")];
const RELATIONS = { crossed: "crossed", touched: "touched without a border stop", bypassed: "bypassed", other: "" };
const END = 1;
const BORDER = 2;
const TRANSFER = 4;
const PORT = 8;
const SVG = "http://www.w3.org/2000/svg";
const REST = { animate: false };

/* What is shown: numbers of routes, of stops of the switches, and the language of names. */
const view = { route: 0, second: -1, year: 0, level: 0, month: null, language: "en", told: "" };

const make = (name, className, text) => {
  const element = document.createElement(name);
  if (className) { element.className = className; }
  if (text !== undefined) { element.textContent = text; }
  return element;
};

const draw = (name, attributes) => {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
};

/* A line as text: differences of thousandths of a degree, five bits a letter, sign in the lowest bit. */
const decode = (text) => {
  const points = [];
  let at = 0;
  const next = () => {
    let value = 0;
    let shift = 0;
    let bits;
    do {
      bits = text.charCodeAt(at) - 63;
      at += 1;
      value |= (bits & 31) << shift;
      shift += 5;
    } while (bits >= 32);
    return (value & 1) ? ~(value >> 1) : value >> 1;
  };
  let lat = 0;
  let lon = 0;
  while (at < text.length) {
    lat += next();
    lon += next();
    points.push([lat / 1000, lon / 1000]);
  }
  return points;
};

const tip = (title, text) => {
  const element = make("div", "cac-tip");
  element.append(make("strong", "", title));
  if (text) { element.append(make("span", "", text)); }
  return element;
};

// ---------------------------------------------------------------- answers

/* The number of the condition that the switches stand at; Python has asked every one of them. */
const condition = () => {
  const wanted = [data.levels[view.level], data.years[view.year], view.month];
  return data.conditions.findIndex((asked) => asked.every((part, i) => part === wanted[i]));
};

const answerOf = (number) => data.answers[data.routes[number].answers[condition()]];
const serviceOf = (number) => say(data.texts[data.routes[number].services[condition()]]);
const wayOf = (number) => {
  const answer = answerOf(number);
  return answer.why === undefined ? data.ways[answer.way] : null;
};
const wayAsCompared = (number) => data.ways[data.answers[data.routes[number].answers[0]].way];
/* What is drawn where there is no route: the way as compared, of which a part is not open. */
const wayDrawn = (number) => wayOf(number) || wayAsCompared(number);
/* The sentences of an answer, or why there is none. */
/* What stands between two sentences. */
const gap = () => (view.language === "zh" ? "" : " ");
const told = (answer) => (answer.why || answer.sentence).map((at) => say(data.texts[at])).filter(Boolean).join(gap());
