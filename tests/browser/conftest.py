"""One Chromium for all tests; a page that may ask for nothing and must not complain."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from cacorridor import explorer, load_network
from tests.views import pages

PATIENCE_MS = 30_000  # at most; several Chromiums share the machine
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None and "CI" in os.environ:
        pytest.fail("continuous integration must install chromium", pytrace=False)
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: pages are not opened in a browser")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser, tmp_path):
    """Open HTML text; at the end no request was made, no error and no message was heard."""
    contexts, heard = [], []

    def open_page(html, fragment="", **options):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(html, encoding="utf-8", newline="")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()

        def refuse(route):
            if route.request.url.startswith((path.as_uri(), "data:")):
                route.continue_()
            else:
                heard.append(f"request {route.request.url}")
                route.abort()

        page.route("**/*", refuse)
        page.on("console", lambda message: heard.append(f"console {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error {error}"))
        page.goto(path.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture(scope="session")
def drawn(tmp_path_factory):
    """The toy network with outlines."""
    return load_network(pages.write_pages_toy(tmp_path_factory.mktemp("drawn") / "toy"))


@pytest.fixture(scope="session")
def toy_html(drawn):
    """The explorer of the toy."""
    return explorer(drawn, origin="a1", destination="c1").html()


@pytest.fixture(scope="session")
def real_html(net):
    """The explorer of the embedded dataset."""
    return explorer(net, origin="Moscow", destination="Osh").html()
