"""The conductor: from the carriers and the tables to the generated files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor.network.files import write_atomically
from tools.build_geo import carriers, states, writing
from tools.build_geo.attribution import ATTRIBUTION
from tools.build_geo.checks import Findings, check
from tools.build_geo.drawing import Drawings, draw_links
from tools.build_geo.gazetteer import write_gazetteer
from tools.build_geo.namesakes import write_namesakes
from tools.build_geo.overlay import Measured, measure_links
from tools.build_geo.repair import BRIDGE_KM, repair
from tools.build_geo.stations import RUBBER_BAND_RATIO
from tools.build_geo.tables import Tables, read_patches, read_tables

if TYPE_CHECKING:
    from tools.build_geo.states import States

PATCHES = Path(__file__).with_name("patches.csv")


@dataclass(frozen=True)
class Build:
    """Everything that one run found out."""

    tables: Tables
    drawings: Drawings
    measured: list[Measured]
    findings: Findings
    display: States


def build(data: Path) -> Build:
    """Draw, measure and check the links of one data directory; write nothing."""
    tables = read_tables(data)
    railways = repair(carriers.read_railways(), read_patches(PATCHES))
    drawings = draw_links(tables, railways)
    full = states.dissolve(carriers.read_zones())
    measured = measure_links(drawings.drawn, tables, full)
    findings = check(tables, drawings, measured, full)
    return Build(tables, drawings, measured, findings, states.for_display(full))


def write(result: Build, data: Path) -> None:
    """Write the generated files into the data directory."""
    writing.write_link_shapes(data / "link_shapes.geojson", result.measured)
    writing.write_states(data / "states.geojson", result.display, carriers.state_names())
    write_gazetteer(data / "gazetteer.csv.xz", {place.state for place in result.tables.places.values()})
    writing.write_json(data / "BUILD.json", record(result))
    write_atomically(data / "ATTRIBUTION.md", ATTRIBUTION)
    # the last: which towns have a name of a place is asked of the network that was written
    write_namesakes(data)


def record(result: Build) -> dict[str, object]:
    """Return what the files were made of, without time, place or machine."""
    bases = [one.drawn.basis for one in result.measured]
    return {
        "packages": carriers.carrier_versions(),
        "sha256": {
            **result.tables.sha256,
            **carriers.carrier_hashes(),
            "patches.csv": carriers.sha256(PATCHES),
        },
        "counts": {
            "places": len(result.tables.places),
            "links": len(result.measured),
            "links_on_track": bases.count("track"),
            "links_as_line": bases.count("line"),
            "states": len(result.display.codes),
            "errors": len(result.findings.errors),
            "warnings": len(result.findings.warnings),
        },
        "circuity": result.drawings.circuity,
        "tolerances": {
            "bridge_km": BRIDGE_KM,
            "rubber_band_ratio": RUBBER_BAND_RATIO,
            "line_degrees": writing.LINE_TOLERANCE,
            "states_degrees": states.DISPLAY_TOLERANCE,
            "decimals": writing.DECIMALS,
            "states_decimals": writing.STATE_DECIMALS,
        },
    }
