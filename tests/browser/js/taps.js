/* Random sequences of taps and settings, each from a view of its own; what is wrong is returned as texts.

   ({ seed, sequences, most }) => [...]: each sequence has a seed of its own, from `seed` on, and one to `most` acts.
   After each act the page is looked at: at once, when the answer and the map are there; at the end of the sequence,
   when everything is written, it is looked at thoroughly, and read again from its address, which changes nothing. */
async ({ seed, sequences, most }) => {
  const { page, look, said, isWritten } = window.looking;
  const { navigation } = window;
  let state = 0;
  const random = () => {  /* mulberry32 */
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count) => Math.floor(random() * count);
  const any = (list) => list[below(list.length)];
  const all = (selector) => [...document.querySelectorAll(selector)].filter((node) => !node.closest("[hidden]"));
  const find = (id) => document.getElementById(id);
  const places = window.cacorridor.places();
  const leaflet = window[document.querySelector(".folium-map").id];
  const wrong = [];
  const tell = (fault) => wrong.push(`seed ${seed}: ${window.cacorridor.view()}: ${fault}`);

  const until = async (isSo) => { while (!isSo()) { await new Promise((done) => { setTimeout(done); }); } };
  /* Until the map stands still: a notice changes its size, a card near its edge moves it, and names are set anew then. */
  const isMoving = () => leaflet._animatingZoom || (leaflet._panAnim && leaflet._panAnim._inProgress);
  const frame = () => new Promise(requestAnimationFrame);
  const settled = async () => {
    await frame();
    do { await frame(); } while (isMoving());
  };
  /* Until the parts below the answer, and the published figures, are written. */
  const written = () => until(() => isWritten() && find("cac-claims").hasChildNodes());

  /* ---------------------------------------------------------------- acts */

  const tapMap = async () => {
    const box = document.querySelector(".cac-map").getBoundingClientRect();
    const [clientX, clientY] = [box.left + random() * box.width, box.top + random() * box.height].map(Math.floor);
    const node = document.elementFromPoint(clientX, clientY);
    if (node === null) { tell(`the map at ${[box.left, box.top, box.width, box.height, window.scrollY]} leaves the window`); return; }
    const isZoomed = node.closest(".leaflet-control-zoom a:not(.leaflet-disabled)") !== null;  /* which takes its time */
    const moved = new Promise((done) => { leaflet.once("moveend", done); });
    ["mousedown", "mouseup", "click"].forEach((type) => {
      node.dispatchEvent(new MouseEvent(type, { clientX, clientY, bubbles: true, cancelable: true, button: 0 }));
    });
    if (isZoomed) { await moved; }
  };

  const PRESSED = [
    "#cac-prices button, #cac-closed .cac-chip, #cac-closed .cac-quiet:not(.cac-undo), .cac-claim button, #cac-swap, #cac-turns button",
    ".cac-card button, .cac-stop[title]",
    "#cac-key button, .cac-legs summary",
  ];
  const press = () => {
    const buttons = all(random() < 0.75 ? PRESSED.join() : PRESSED[0]);
    if (buttons.length > 0) { any(buttons).click(); }
  };

  const SET = ".cac-conditions select, .cac-conditions input:not([type=text]), .cac-delay input, #cac-language, #cac-pairs";
  const set = () => {
    const field = any(all(SET));
    if (field.type === "checkbox") { field.checked = !field.checked; }
    else if (field.type === "range") { field.value = Number(field.min) + below(Number(field.max) - Number(field.min) + 1); }
    else if (field.type === "number") { field.value = below(300); }
    else { field.value = any([...field.options].slice(field.id === "cac-pairs" ? 1 : 0)).value; }
    ["input", "change"].forEach((type) => field.dispatchEvent(new Event(type)));
  };

  /* Look a place up by a name in any language, choose the first that is found and go elsewhere. */
  const type = () => {
    const field = find(any(["cac-from", "cac-to", "cac-via"]));
    field.value = any(any(page.places.names).filter(Boolean));
    field.dispatchEvent(new Event("input"));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
    field.dispatchEvent(new Event("blur"));
  };

  const play = () => {
    const [player] = all("#cac-play");
    if (player) { player.click(); player.click(); }
  };

  /* Back, Forward and Undo, within the history of this sequence. */
  let [history, at] = [[], 0];
  const travel = async () => {
    const isBack = at > 0 && (random() < 0.7 || at === history.length - 1);
    if (!isBack && at === history.length - 1) { await tapMap(); return; }
    const [undo] = all(".cac-undo");
    const there = new Promise((done) => { window.addEventListener("popstate", done, { once: true }); });
    if (isBack && undo && random() < 0.5) { undo.click(); } else { window.history[isBack ? "back" : "forward"](); }
    await there;
    at += isBack ? -1 : 1;
    await written();
  };
  const remember = () => {
    const { key } = navigation.currentEntry;
    if (key === history[at]) { return; }
    at += 1;
    history = [...history.slice(0, at), key];
  };

  const ACTS = [[0.4, tapMap], [0.65, press], [0.84, set], [0.92, travel], [0.98, type], [1, play]];

  /* ---------------------------------------------------------------- sequences */

  /* An address of a pair, in any language, some of them under conditions or with a closed state. */
  const address = () => {
    const [origin, destination] = [any(places), any(places)];
    const ends = origin === destination ? "" : `${encodeURIComponent(origin)}/${encodeURIComponent(destination)}`;
    const conditions = {
      closed: () => any(page.states).id,
      year: () => any(page.years),
      month: () => 1 + below(12),
      scenario: () => any(page.network.scenarios).id,
      level: () => any(Object.keys(page.network.levels).filter((level) => level !== "express")),
      criterion: () => any(["length", "cost", "emissions", "generalised"]),
      embed: () => 1,
    };
    const chosen = Object.entries(conditions).filter(() => random() < 0.08).map(([key, draw]) => `${key}=${draw()}`);
    const language = any(["", "lang=ru", "lang=zh"]);
    return `#${[ends, ...chosen, language].filter(Boolean).join("&")}`;
  };

  const open = () => {
    leaflet.setView([43, 66], 4, { animate: false });  /* whatever was seen before: a sequence can be repeated alone */
    window.history.replaceState(null, "", address());
    window.dispatchEvent(new PopStateEvent("popstate"));
    [history, at] = [[navigation.currentEntry.key], 0];
  };
  /* Where two texts part. */
  const difference = (one, other) => {
    const from = [...one].findIndex((letter, place) => letter !== other[place]);
    return [one, other].map((text) => text.slice(Math.max(0, from - 50), from + 80)).join(" -> ");
  };
  const report = (how) => look(how).forEach(tell);

  const last = seed + sequences;
  for (; seed < last; seed += 1) {
    state = seed;
    open();
    const acts = 1 + below(most);
    for (let act = 0; act < acts; act += 1) {
      if (random() < 0.5) { await written(); }  /* a reader in no hurry has all buttons to press */
      const choice = random();
      await ACTS.find(([bound]) => choice < bound)[1]();
      remember();
      if ((document.querySelector(".cac-undo") !== null) !== at > 0) { tell(`Undo after ${at} changes`); }
      report({ isThorough: false });
    }
    await written();
    await settled();
    report({ isThorough: true });
    const before = said();  /* the same view, read from its address, says the same */
    window.dispatchEvent(new PopStateEvent("popstate"));
    await written();
    await settled();
    const after = said();
    ["words", ...(after.size === before.size ? ["marks"] : [])].forEach((part) => {
      if (after[part] !== before[part]) { tell(`stale ${part}: ${difference(before[part], after[part])}`); }
    });
  }
  return wrong;
}
