/* The years in which something changes for a question, and playing them one after the other. */

import { questionOf } from "./api.mjs";
import { make, put } from "./panel.mjs";
import { findRoute, valueOf } from "./routes.mjs";
import { worthOf } from "./solving.mjs";

const STEP_MS = 1500;  /* between two years that are played */
const LEAST = 0.05;  /* of a measure, that is told */

/* The years at which the answer is another one, each with its difference; a year with no way has none. */
export const turnsOf = ({ atlas, index, view }) => {
  const ask = (year) => findRoute(atlas, questionOf(atlas, index, view.origin, view.destination, {
    ...view, year, value_of_time: worthOf(atlas, view),
  }));
  const [first, ...later] = atlas.yearsUnder(view.scenario);
  let before = first === undefined ? null : ask(first);
  return later.flatMap((year) => {
    const now = ask(year);
    const [one, other] = [before, now];
    before = now;
    if (one === null || other === null) { return one === other ? [] : [{ year, added: null }]; }
    const added = valueOf(other) - valueOf(one);
    const isSame = one.path.join() === other.path.join() && Math.abs(added) < LEAST;
    return isSame ? [] : [{ year, added }];
  });
};

export const makeYears = ({ find, session }) => {
  const { atlas } = session;
  const [player, told, marks] = ["cac-play", "cac-turns", "cac-years"].map(find);
  let timer = 0;
  let playing = null;  /* the year shown last, while years are played */

  /* The next stop of the slider; today goes on with the year after that of the data. */
  const nextYear = () => {
    const { year, scenario } = session.view;
    const shown = year === null ? Number.parseInt(session.data.about.as_of, 10) || 0 : year;
    return atlas.yearsUnder(scenario).find((each) => each > shown);
  };

  const stop = () => {
    window.clearTimeout(timer);
    playing = null;
    put(player, session.text.say("play"));
    player.setAttribute("aria-pressed", "false");
  };

  /* Show the next year; at the end, or when the reader has chosen another, playing ends. */
  const step = () => {
    const isFirst = playing === null;
    const [year, [first]] = [nextYear(), atlas.yearsUnder(session.view.scenario)];
    if (!isFirst && (playing !== session.view.year || year === undefined)) { stop(); return; }
    playing = year === undefined ? first : year;
    session.change({ year: playing }, "", { isStep: !isFirst });
    timer = window.setTimeout(step, STEP_MS);
  };

  player.addEventListener("click", () => {
    if (playing !== null) { stop(); return; }
    step();
    put(player, session.text.say("stop"));
    player.setAttribute("aria-pressed", "true");
  });

  const empty = () => [told, marks].forEach((node) => node.replaceChildren());

  /* Write what the years do to the way, each a button that goes there. */
  const write = () => {
    const { text, view, shown } = session;
    const years = atlas.yearsUnder(view.scenario);
    put(player, text.say(playing === null ? "play" : "stop"));
    player.hidden = years.length === 0;
    if (!shown.asked) { return; }
    const turns = turnsOf(session);
    const criterion = atlas.measureOf(view.criterion);
    const say = ({ year, added }) => (added === null ? String(year) : `${year}: ${text.amount(criterion, added, "exceptZero")}`);
    marks.replaceChildren(...turns.map(({ year }) => make("option", { value: 1 + years.indexOf(year) })));  /* today comes first */
    told.replaceChildren(text.say(turns.length > 0 ? "turns" : "no_turns"), " ", ...turns.map((each) => {
      return make("button", { type: "button", onclick: () => session.change({ year: each.year }) }, say(each));
    }));
  };
  return { empty, write };
};
