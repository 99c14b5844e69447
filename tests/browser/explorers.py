"""What tests of the explorer do with its page: open it, read the answer, close a state, wait for the rest."""

from __future__ import annotations

RELATIONS = """() => Object.fromEntries([...document.querySelectorAll('path[data-state]')]
  .map(path => [path.dataset.state, path.dataset.relation]).filter(([, relation]) => relation !== 'other'))"""
ROUTE = "([origin, destination, options]) => window.cacorridor.route(origin, destination, options)"
WHERE = """([lat, lon]) => { const map = window[document.querySelector('.folium-map').id];
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect();
  return [box.left + x, box.top + y]; }"""
SETTLED = "html.cac-live .cac-sheet:not([aria-busy])"


def opened(show, html, *args, **options):
    """Open a page, and wait until its data are unpacked and everything is written."""
    return settled(show(html, *args, **options))


def settled(page):
    """Wait until what stands below the answer is that of the answer."""
    page.locator(SETTLED).wait_for(state="attached")
    return page


def sentence(page):
    return page.locator("#cac-answer").inner_text()


def close(page, name):
    page.get_by_role("button", name=f"Close {name}", exact=True).first.click()
