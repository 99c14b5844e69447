/* Random sequences of taps and settings, each from a view of its own; what is wrong is returned as texts.

   ({ seed, sequences, most }) => [...]: each sequence has one to `most` acts, and after each the page is looked at:
   at once, when the answer and the map are there, and at the end of the sequence, when everything is written. */
async ({ seed, sequences, most }) => {
  let state = seed;
  const random = () => {  /* mulberry32 */
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count) => Math.floor(random() * count);
  const any = (list) => list[below(list.length)];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const find = (id) => document.getElementById(id);
  const places = window.cacorridor.places();
  const wrong = [];

  const tapMap = () => {
    const box = document.querySelector(".cac-map").getBoundingClientRect();
    const [clientX, clientY] = [box.left + random() * box.width, box.top + random() * box.height].map(Math.floor);
    const node = document.elementFromPoint(clientX, clientY);
    if (node === null) { wrong.push(`the map at ${[box.left, box.top, box.width, box.height, window.scrollY]} leaves the window`); return; }
    ["mousedown", "mouseup", "click"].forEach((type) => {
      node.dispatchEvent(new MouseEvent(type, { clientX, clientY, bubbles: true, cancelable: true, button: 0 }));
    });
  };
  const press = () => {
    const buttons = all("#cac-prices button, #cac-closed .cac-chip, .cac-card button, .cac-claim button, #cac-swap");
    if (buttons.length > 0) { any(buttons).click(); }
  };
  const set = () => {
    const field = any(all(".cac-conditions select, .cac-conditions input[type=range], .cac-conditions input[type=checkbox], .cac-delay input, #cac-language"));
    if (field.type === "checkbox") { field.checked = !field.checked; }
    else if (field.type === "range") { field.value = Number(field.min) + below(Number(field.max) - Number(field.min) + 1); }
    else { field.value = any([...field.options]).value; }
    field.dispatchEvent(new Event("change"));
  };

  /* The question that the address of the page asks. */
  const asked = () => {
    const [ends, ...parts] = window.cacorridor.view().slice(1).split("&");
    const options = { value_of_time: Number(find("cac-worth").value) };
    parts.map((part) => part.split("=")).forEach(([key, text]) => {
      const words = text.split(",").map(decodeURIComponent);
      if (["via", "through", "closed", "modes"].includes(key)) { options[key] = words; }
      else if (key === "added") { options.added = Object.fromEntries(words.map((word) => [word.slice(0, word.lastIndexOf("*")), Number(word.slice(word.lastIndexOf("*") + 1))])); }
      else if (["year", "month"].includes(key)) { options[key] = Number(text); }
      else if (["level", "criterion", "scenario"].includes(key)) { [options[key]] = words; }
    });
    return [...ends.split("/").map(decodeURIComponent), options];
  };

  const figure = (text) => Number(text.replace(/[^\d.]/g, ""));

  const isWritten = () => document.querySelector(".cac-sheet[aria-busy]") === null;
  const written = async () => {
    while (!isWritten()) { await new Promise((done) => { setTimeout(done); }); }
  };

  /* What is wrong with the page as it stands. */
  const look = () => {
    const text = document.querySelector("main").textContent;
    const faults = [];
    if (/undefined|NaN|\[object/.test(text)) { faults.push("a word of the script"); }
    const [origin, destination, options] = asked();
    if (!origin || !destination) { return faults; }
    const route = window.cacorridor.route(origin, destination, options);
    const total = document.querySelector("#cac-answer strong");
    if ((total === null) !== ("why" in route)) { return [...faults, `an answer where there is none, or none: ${route.why}`]; }
    if (total !== null && find("cac-language").value === "en") {
      const hours = figure(total.textContent);
      if (Math.abs(hours - route.hours) > 0.51) { faults.push(`stale hours ${hours}, not ${route.hours}`); }
      const legs = all("#cac-legs tbody td:last-child").map((cell) => figure(cell.firstChild.textContent));
      const sum = legs.reduce((one, other) => one + other, 0);
      if (!isWritten() && all("#cac-prices *, #cac-legs *, #cac-take *").length > 0) { faults.push("words before their time"); }
      if (isWritten() && Math.abs(sum - route.hours) > 0.5 * legs.length + 0.5) { faults.push(`legs sum to ${sum}, not ${route.hours}`); }
    }
    return faults;
  };

  /* What stands beside the map, without what is said of the acts before. */
  const words = () => {
    return [".cac-head", ".cac-sheet"].map((part) => {
      const copy = document.querySelector(part).cloneNode(true);
      copy.querySelectorAll(".cac-notice, .cac-undo, #cac-claims").forEach((node) => node.remove());
      return copy.textContent;
    }).join();
  };

  const report = () => look().forEach((fault) => wrong.push(`${window.cacorridor.view()}: ${fault}`));

  for (let sequence = 0; sequence < sequences; sequence += 1) {
    const [origin, destination] = [any(places), any(places)];
    window.history.replaceState(null, "", origin === destination ? "#" : `#${encodeURIComponent(origin)}/${encodeURIComponent(destination)}`);
    window.dispatchEvent(new PopStateEvent("popstate"));
    const acts = 1 + below(most);
    for (let act = 0; act < acts; act += 1) {
      if (random() < 0.5) { await written(); }  /* a reader in no hurry has all buttons to press */
      const choice = random();
      (choice < 0.5 ? tapMap : choice < 0.75 ? press : set)();
      report();
    }
    await written();
    report();
    const before = words();  /* the same view, read from its address, says the same */
    window.dispatchEvent(new PopStateEvent("popstate"));
    await written();
    if (words() !== before) { wrong.push(`${window.cacorridor.view()}: a stale word`); }
  }
  return wrong;
}
