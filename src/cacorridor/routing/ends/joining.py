"""A network with a town in it: a place more, and roads as long as the straight line times the circuity."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry import LineString

    from cacorridor.network.model import Network
    from cacorridor.network.towns import Town

NOTE = "access by road: straight line times 1.3, not measured"


def straight_line(network: Network, town: Town, place: str) -> LineString:
    """Draw the straight line from a town to a place."""
    from shapely.geometry import LineString

    table = network.table("places")
    return LineString([(town.lon, town.lat), (float(table["lon"][place]), float(table["lat"][place]))])


def network_with(network: Network, town: Town, roads: pd.DataFrame) -> Network:
    """Add the town and its roads to the tables."""
    import pandas as pd

    tables = network.tables
    # the town as a place
    place: dict[str, object] = {"id": town.key, "name": town.name, "kind": "city", "state": town.state}
    place |= {"lat": town.lat, "lon": town.lon, "position_basis": "geonames", "source_id": "geonames"}
    more = {"places": _with_rows(tables["places"], [place])}
    # its roads, and their lines
    links: list[dict[str, object]] = [
        {
            "id": f"road:{town.key}:{row['place']}",
            "from": town.key,
            "to": row["place"],
            "mode": "road",
            "status": "operational",
            "length_km": row["length_km"],
            "length_basis": "derived",
            "drawn": "towns",
            "touches": (),
            "note": NOTE,
        }
        for _, row in roads.iterrows()
    ]
    more["links"] = _with_rows(tables["links"], links)
    shapes = network.link_shapes
    lines = [straight_line(network, town, str(link["to"])) for link in links]
    drawn = pd.DataFrame(
        {
            "id": [link["id"] for link in links],
            "measured_km": [link["length_km"] for link in links],
            "basis": "line",
            "line_km": roads["straight_km"].to_list(),
            "km": [{town.state: link["length_km"]} for link in links],
            "geometry": lines,
        }
    ).set_index("id", drop=False)
    return network.changed(tables=network.tables | more, link_shapes=pd.concat([shapes, drawn]))


def _with_rows(frame: pd.DataFrame, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Add rows to a table; cells that are left out are empty."""
    import numpy as np
    import pandas as pd

    # each type has an emptiness of its own: no text, a missing whole number, not a number
    new = pd.DataFrame(rows)
    for column in frame:
        if column not in new:
            is_text = pd.api.types.is_string_dtype(frame[column].dtype)
            new[column] = "" if is_text else pd.NA if frame[column].dtype == "Int64" else np.nan
    typed = new[list(frame)].astype(frame.dtypes.to_dict())
    return pd.concat([frame, typed], ignore_index=True)
