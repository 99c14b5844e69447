"""The toy network, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cacorridor import load_network, map_routes
from cacorridor.views.report.report import build_report
from tests.views import pages

if TYPE_CHECKING:
    from pathlib import Path

    from cacorridor import Network


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Network:
    return load_network(pages.write_pages_toy(tmp_path_factory.mktemp("drawn") / "toy"))


@pytest.fixture(scope="session")
def map_page(drawn: Network) -> str:
    return map_routes(drawn, pages.toy_routes(drawn), title="Toy & map").html()


@pytest.fixture(scope="session")
def report_page(drawn: Network) -> str:
    return build_report(drawn, pages.toy_comparisons(drawn), title="Toy report")


@pytest.fixture(params=["map", "report"])
def page(request: pytest.FixtureRequest, map_page: str, report_page: str) -> str:
    return map_page if request.param == "map" else report_page


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "new" / "page.html"
