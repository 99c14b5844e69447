/* The map as a picture of its own: what is seen of it, the answer below, and where the data come from. */

const SVG = "http://www.w3.org/2000/svg";
const FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', Arial, sans-serif";
const LINE_PX = 20;
const EDGE_PX = 12;

const draw = (name, attributes, ...children) => {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
};

/* Paths that Leaflet has drawn, with the look that the style gives them. */
const copyPaths = (container) => [...container.querySelectorAll("path")].map((path) => {
  const look = getComputedStyle(path);
  const names = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "fill-rule", "fill-opacity", "stroke-opacity"];
  const style = Object.fromEntries(names.map((name) => [name, look.getPropertyValue(name).replaceAll('"', "")]));
  return draw("path", { d: path.getAttribute("d"), ...style });
});

/* The network, which stands on a canvas, as one path. */
const copyNetwork = ({ map, links, openLinks }) => {
  const seen = map.getBounds().pad(0.1);
  const at = (point) => {
    const { x, y } = map.latLngToLayerPoint(point);
    return `${Math.round(x)} ${Math.round(y)}`;
  };
  const lines = openLinks.flatMap((link) => links[link]).filter((points) => points.some((point) => seen.contains(point)));
  const d = lines.map((points) => `M${points.map(at).join("L")}`).join("");
  return draw("path", { d, fill: "none", stroke: "#77736a", "stroke-width": 1, "stroke-opacity": 0.75 });
};

const copyMarks = (frame, container) => [...container.querySelectorAll(".cac-stop .cac-mark")].map((mark) => {
  const box = mark.getBoundingClientRect();
  const look = getComputedStyle(mark);
  const [x, y] = [(box.left + box.right) / 2 - frame.left, (box.top + box.bottom) / 2 - frame.top];
  const style = { fill: look.backgroundColor, stroke: look.borderTopColor, "stroke-width": look.borderTopWidth };
  const isRound = look.borderTopLeftRadius !== "0px";
  const turn = mark.closest(".cac-port") ? `rotate(45 ${x} ${y})` : "";
  return isRound ? draw("circle", { cx: x, cy: y, r: 5, ...style })
    : draw("rect", { x: x - 5, y: y - 5, width: 10, height: 10, transform: turn, ...style });
});

const copyLabels = (frame, container) => [...container.querySelectorAll(".cac-label b, .cac-label i")].map((line) => {
  const box = line.getBoundingClientRect();
  const look = { "font-family": FONT, "font-size": 12.5, "font-weight": getComputedStyle(line).fontWeight, "text-anchor": "middle" };
  const halo = { fill: "#1d252c", stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke" };
  return draw("text", { x: (box.left + box.right) / 2 - frame.left, y: box.bottom - frame.top - 4, ...look, ...halo }, line.textContent);
});

/* Break a text into lines of a width; a language without spaces breaks anywhere. */
const breakLines = (text, width, language) => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `14px ${FONT}`;
  const parts = language === "zh" ? [...text] : text.split(/(?<= )/);
  return parts.reduce((lines, part) => {
    const longer = lines[lines.length - 1] + part;
    if (pen.measureText(longer).width <= width) { return [...lines.slice(0, -1), longer]; }
    return [...lines, part];
  }, [""]);
};

/* Draw the picture as an SVG element. */
export const drawPicture = (drawing, { paragraphs, credit, language }) => {
  const container = drawing.map.getContainer();
  const frame = container.getBoundingClientRect();
  const { x: width, y: height } = drawing.map.getSize();
  const { x, y } = drawing.map.layerPointToContainerPoint([0, 0]);
  const lines = paragraphs.flatMap((text) => breakLines(text, width - 2 * EDGE_PX, language));
  const small = breakLines(credit, (width - 2 * EDGE_PX) * 1.2, language);
  const total = height + EDGE_PX * 2 + (lines.length + small.length) * LINE_PX;
  const write = (texts, top, look) => texts.map((text, at) => {
    return draw("text", { x: EDGE_PX, y: top + at * LINE_PX, "font-family": FONT, fill: "#17212b", ...look }, text);
  });
  const ground = draw("g", { transform: `translate(${x} ${y})` },
    ...copyPaths(drawing.map.getPane("overlayPane")), copyNetwork(drawing), ...copyPaths(drawing.map.getPane("cac-way")));
  const clip = draw("clipPath", { id: "frame" }, draw("rect", { width, height }));
  return draw("svg", { width, height: total, viewBox: `0 0 ${width} ${total}`, xmlns: SVG },
    ...[...document.querySelectorAll(".cac-patterns defs")].map((defs) => defs.cloneNode(true)), draw("defs", {}, clip),
    draw("rect", { width, height: total, fill: "#ffffff" }),
    draw("g", { "clip-path": "url(#frame)" }, draw("rect", { width, height, fill: "#c3dcea" }), ground,
      ...copyMarks(frame, container), ...copyLabels(frame, container)),
    ...write(lines, height + EDGE_PX + 14, { "font-size": 14 }),
    ...write(small, height + EDGE_PX + 14 + lines.length * LINE_PX, { "font-size": 11 }));
};

export const asSvgText = (picture) => new XMLSerializer().serializeToString(picture);

/* The picture in pixels, twice as fine as on the screen, as a data address. */
export const asPng = async (picture) => {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvgText(picture))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  pen.drawImage(image, 0, 0);
  return canvas.toDataURL("image/png");
};
