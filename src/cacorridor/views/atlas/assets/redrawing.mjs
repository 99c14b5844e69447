/* Leaflet draws its lines up to three times when a view is set: for the zoom, for the move and for the new view.
   A renderer made ready here draws once, when the view is there. */

export const drawingOnce = (renderer) => {
  const usual = renderer.getEvents.bind(renderer);
  renderer.getEvents = () => {
    const { viewreset: _, zoom, zoomend, moveend, ...others } = usual();
    let isSetting = false;
    const unlessSetting = (act) => (event) => { if (!isSetting) { act.call(renderer, event); } };
    const viewprereset = () => { isSetting = true; };
    const viewreset = (event) => {  /* project, then draw, then stand where the map does */
      isSetting = false;
      [zoomend, moveend, zoom].forEach((act) => act.call(renderer, event));
    };
    return { ...others, viewprereset, viewreset, zoom, zoomend: unlessSetting(zoomend), moveend: unlessSetting(moveend) };
  };
  return renderer;
};
