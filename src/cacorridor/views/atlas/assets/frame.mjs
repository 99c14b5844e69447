/* The page inside another one: the wheel and one finger scroll that page, and it is told which view is shown. */

const SHOWN_MS = 1500;  /* of the hint after the wheel has turned */

export const isFramed = () => window.parent !== window;

/* Ctrl with the wheel, or two fingers, move the map; a hint says so. */
export const letScroll = ({ leaflet, say }) => {
  if (!isFramed()) { return; }
  const container = leaflet.getContainer();
  const hint = document.createElement("p");
  hint.className = "cac-hint";
  hint.setAttribute("aria-hidden", "true");
  container.append(hint);
  let timer = 0;
  const showHint = () => {
    hint.textContent = say("hold_ctrl");
    hint.classList.add("cac-shown");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => hint.classList.remove("cac-shown"), SHOWN_MS);
  };
  container.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) {
      leaflet.scrollWheelZoom.enable();
      hint.classList.remove("cac-shown");
    } else {
      leaflet.scrollWheelZoom.disable();
      showHint();
    }
  }, { capture: true, passive: true });
  if (L.Browser.mobile) { leaflet.dragging.disable(); }
};

/* Tell the page around which view is shown; it holds nothing but what the reader chose. */
export const tellView = (address) => {
  if (isFramed()) { window.parent.postMessage({ cacorridor: address }, "*"); }
};
