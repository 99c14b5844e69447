/* While the reader reads: make ready what ranges are read from, so that a tap need not. */

const LEAST_MS = 2;  /* of idle time that is worth a start */

export const idle = window.requestIdleCallback || ((act) => setTimeout(() => act({ timeRemaining: () => 8 }), 200));

/* A page that nobody sees is not painted. */
export const afterPaint = (act) => (document.hidden ? act() : window.requestAnimationFrame(() => setTimeout(act)));

export const makeRangesReady = (atlas) => {
  const groups = atlas.groups.length;
  const go = (group) => idle((deadline) => {
    let next = group;
    while (next < groups && deadline.timeRemaining() > LEAST_MS) {
      atlas.sampler.orderOf(next);
      next += 1;
    }
    if (next < groups) { go(next); }
  });
  go(0);
};
