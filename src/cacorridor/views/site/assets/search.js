(() => {
  "use strict";
  const SHOWN = 40;
  const box = document.getElementById("asked");
  const list = document.getElementById("found");
  const count = document.getElementById("count");
  const { fold } = foldModule; /* the rule by which the explorer and Python compare names */
  const split = (text) => text.split(/\s+/).map(fold).filter(Boolean);
  const data = JSON.parse(document.getElementById("data").textContent);
  const entries = data.entries.map(([kind, title, file, words]) =>
    ({ kind, title, file, name: fold(title), words: [fold(title), ...split(`${title} ${kind} ${words}`)].join(" ") }));

  /* Those that hold every word asked for; names that begin with it stand first. */
  const find = (asked) => {
    const words = split(asked);
    if (words.length === 0) {
      return [];
    }
    const rank = (entry) => (entry.name.startsWith(words[0]) ? 0 : entry.name.includes(words[0]) ? 1 : 2);
    const found = entries.filter((entry) => words.every((word) => entry.words.includes(word)));
    return found.map((entry) => [rank(entry), entry]).sort((one, other) => one[0] - other[0]).map((pair) => pair[1]);
  };

  const line = (entry) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const kind = document.createElement("small");
    link.href = entry.file;
    link.textContent = entry.title;
    kind.textContent = entry.kind;
    item.append(link, kind);
    return item;
  };

  const show = () => {
    const found = find(box.value);
    list.replaceChildren(...found.slice(0, SHOWN).map(line));
    const told = data.found[found.length > SHOWN ? 1 : 0].replace("{count}", found.length).replace("{shown}", SHOWN);
    count.textContent = box.value.trim() === "" ? "" : told;
  };

  box.addEventListener("input", show);
  show();
})();
