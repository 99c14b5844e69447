"""The notice that goes with the generated files."""

ATTRIBUTION = """\
# Where the shapes come from

This file is written by `python -m tools.build_geo`.

© OpenStreetMap contributors, Open Database Licence (ODbL) 1.0,
<https://www.openstreetmap.org/copyright>, by way of

- `scgraph_data` (railways): the lines of `link_shapes.geojson` whose basis is `track`;
- timezone-boundary-builder and `timezonefinder-data` (time zones): `states.geojson` and the
  kilometres by state in `link_shapes.geojson`.

Towns: GeoNames, <https://www.geonames.org>, Creative Commons Attribution 4.0.
The state of each time zone: the time zone database of IANA (`tzdata`), public domain.

`scgraph_data` carries an MIT label but names OpenStreetMap as its source, so it is treated as
ODbL here. `link_shapes.geojson` and `states.geojson` are derived databases and are offered under
the ODbL 1.0: who passes on a changed version of them does so under the same licence. Maps and
tables drawn from them need the notice above, nothing more.

The outlines of states include territorial waters: the time zones carry no coast, and clipping to
another source's coast would move the shore of the Caspian by up to a hundred kilometres.

The courses in `closed_lines.csv`: Abkhazia as two of these zones overlap, OpenStreetMap; South Ossetia
from Natural Earth 1:50 million, public domain, <https://www.naturalearthdata.com>.

# Lines of states

Lines of states follow OpenStreetMap as the time zones carry it; the zone of an area says which
state it is drawn in. Where two zones cover the same area, it is drawn in the smaller of the two
states. The lines serve to count kilometres and to draw a map, closed
lines to tell where freight does not pass. They express no position on the
sovereignty over any area.
"""
