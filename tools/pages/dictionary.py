"""Write the data dictionary from the schema: ``python -m tools.pages.dictionary data/geo/README.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from cacorridor.network.checks.parsing import describe_allowed
from cacorridor.network.files import write_atomically
from cacorridor.network.schema import TABLES, Table
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView

INTRODUCTION = """\
# The dataset

Authored tables are CSV: correct a row in a spreadsheet and run `cacorridor check --data data/geo`. Named
corridors and regions are TOML. The generated files (`link_shapes.geojson`, `states.geojson`, `gazetteer.csv.xz`,
`namesakes.csv`, `BUILD.json`) come from `make geo` and are never edited by hand. Licences and the policy on disputed areas: `ATTRIBUTION.md`.

This page is generated from `src/cacorridor/network/schema.py` (`make docs`).

| file | a row or feature is | properties |
|---|---|---|
| `link_shapes.geojson` | the line of a link (WGS 84) | `id`; `measured_km`; `basis` (track: along the railway graph, line: drawn through towns); `line_km`: geodesic length of the drawn line; `km`: kilometres in each state, in order of travel |
| `states.geojson` | a state's outline, for display | `iso3`, `name`; which states a link lies in stands on the link |
| `dataset.toml` | the dataset as a whole | `version`; `as_of`, the day that "today" means in answers (both may be left out) |
| `gazetteer.csv.xz` | a town of GeoNames where a journey may begin | `name`, `name_ru`, `name_zh` (spellings separated by ;), `state`, `lat`, `lon`, `population`: above 1,000 in the states of the places, elsewhere capitals and above 500,000 |
| `corridors.toml` | a named corridor | `name`, `via` (places, the ends first and last), `by` (a mode for each stretch between them) or `modes` (for the whole way), `avoid` (states), `year` of the network, `text`, `sources` |
| `regions.toml` | a lens on the region | `name`, `states` (ISO codes), `text`, `sources` |

Words for how a figure is known (`basis`): published (a publication gives it), survey (a survey measured it at
this very place), state_average (a survey's average over the state), derived (follows from published figures as the note
says), assumed (nobody published it; the note gives the reason, the range is wide).
"""


def main(path: str) -> None:
    """Write the page."""
    write_atomically(Path(path), dictionary())


def dictionary() -> str:
    """Describe every table in Markdown."""
    return "\n".join([INTRODUCTION, *map(_section, TABLES.values())])


def _section(table: Table) -> str:
    rows = [(f"`{column.name}`", column.meaning, describe_allowed(column)) for column in table.columns]
    view = TableView([TableColumn("column"), TableColumn("meaning"), TableColumn("allowed")], rows)
    return "\n".join([f"## `{table.file}`: {table.row}", "", to_markdown(view), ""])


if __name__ == "__main__":
    main(sys.argv[1])
