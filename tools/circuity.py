"""Compare the way through the network with the straight line, for all pairs of cities.

``python -m tools.circuity [--data DIR] [--limit 2.5] [--year YEAR] [--output FILE]``

Road is one net; the railways of both gauges are one net, joined at the places where a transfer between two
gauges is known. Ways are the shortest in kilometres on open links, without stops, dwells or bans.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

import cacorridor as cc
from cacorridor.geodesy import distance_km

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from cacorridor import Network

LIMIT = 2.5  # network over straight line; more asks for an explanation
NEAR_KM = 30.0  # below it a town's shape decides and not its roads
NETS = {"road": ("road",), "rail": ("rail_",)}
GAUGE_CHANGE_KM = 0.001  # above nothing: a sparse graph forgets an edge of zero
KINDS = ("city", "port")
MODES = ("from_mode", "to_mode")


@dataclass(frozen=True)
class Net:
    """The ways of one group of modes: kilometres between all pairs of the towns that it reaches."""

    name: str
    towns: pd.DataFrame
    km: NDArray[np.float64]
    parts: int

    @property
    def straight_km(self) -> NDArray[np.float64]:
        """Geodesic distances between the towns, kilometres."""
        lon, lat = self.towns["lon"].to_numpy(), self.towns["lat"].to_numpy()
        first, second = np.meshgrid(np.arange(len(lon)), np.arange(len(lon)), indexing="ij")
        flat = distance_km(*(values[at.ravel()] for at in (first, second) for values in (lon, lat)))
        return np.asarray(flat, dtype=float).reshape(first.shape)


def measure(network: Network, name: str, year: int | None = None) -> Net:
    """Measure the shortest ways between the cities and ports of one net."""
    return measure_links(network, name, network.open_links(year))


def measure_links(network: Network, name: str, links: gpd.GeoDataFrame) -> Net:
    """Measure the shortest ways of one net if just these links were open."""
    links = links[links["mode"].str.startswith(NETS[name])]
    nodes = _nodes(links)
    number = {node: at for at, node in enumerate(nodes)}
    graph = _graph(_edges(links, network, number), len(nodes))
    stops = _stops(network.places, nodes)
    first = dijkstra(graph, directed=False, indices=[stop[0] for stop in stops.values()])
    km = np.column_stack([first[:, stop].min(axis=1) for stop in stops.values()])
    parts, _ = connected_components(graph, directed=False)
    return Net(name, network.places.loc[list(stops)], km, int(parts))


def _nodes(links: gpd.GeoDataFrame) -> pd.MultiIndex:
    """List the nodes: each place with each mode that reaches it."""
    ends = {
        (place, mode) for end in ("from", "to") for place, mode in zip(links[end], links["mode"], strict=True)
    }
    return pd.MultiIndex.from_tuples(sorted(ends), names=["place", "mode"])


def _edges(links: gpd.GeoDataFrame, network: Network, number: dict[tuple[str, str], int]) -> pd.DataFrame:
    """List the runs, and the changes of gauge between nodes that exist; the shortest of parallel ones."""
    runs = [
        (number[a, mode], number[b, mode], km)
        for a, b, mode, km in links[["from", "to", "mode", "length_km"]].itertuples(index=False)
    ]
    pairs = network.table("transfers")[["place", *MODES]].itertuples(index=False)
    changes = [
        (number[place, a], number[place, b], GAUGE_CHANGE_KM)
        for place, a, b in pairs
        if (place, a) in number and (place, b) in number
    ]
    sorted_ends = [(min(a, b), max(a, b), km) for a, b, km in runs + changes]
    frame = pd.DataFrame(sorted_ends, columns=["a", "b", "km"])
    return frame.sort_values("km").drop_duplicates(["a", "b"])


def _graph(edges: pd.DataFrame, size: int) -> Any:
    at = (edges["a"].to_numpy(), edges["b"].to_numpy())
    return coo_array((edges["km"].to_numpy(dtype=float), at), shape=(size, size)).tocsr()


def _stops(places: pd.DataFrame, nodes: pd.MultiIndex) -> dict[str, list[int]]:
    """Return the nodes of each city or port on the net."""
    towns = set(places.index[places["kind"].isin(KINDS)])
    stops: dict[str, list[int]] = {}
    for at, place in enumerate(nodes.get_level_values("place")):
        if place in towns:
            stops.setdefault(str(place), []).append(at)
    return stops


def pairs_of(net: Net) -> pd.DataFrame:
    """Table of all pairs: ``net, from, to, straight_km, km, circuity``; no way is an empty ``km``."""
    first, second = np.triu_indices(len(net.towns), k=1)
    km = np.minimum(net.km, net.km.T)[first, second]
    straight = net.straight_km[first, second]
    ids = net.towns.index.to_numpy()
    return pd.DataFrame(
        {
            "net": net.name,
            "from": ids[first],
            "to": ids[second],
            "straight_km": straight.round(1),
            "km": np.where(np.isfinite(km), km.round(1), np.nan),
            "circuity": np.where(np.isfinite(km), (km / np.maximum(straight, 1.0)).round(2), np.nan),
        }
    )


def summary(network: Network, tables: dict[str, tuple[Net, pd.DataFrame]], limit: float) -> pd.DataFrame:
    """Count, per net: towns reached and not, parts, pairs, pairs without a way, pairs above the limit."""
    places = network.places
    towns = places.index[places["kind"].isin(KINDS)]
    rows = []
    for name, (net, pairs) in tables.items():
        far = pairs[pairs["straight_km"] >= NEAR_KM]
        rows.append(
            {
                "net": name,
                "towns": len(net.towns),
                "towns without the net": len(towns) - len(net.towns),
                "parts of the net": net.parts,
                "pairs": len(pairs),
                "without a way": int(pairs["km"].isna().sum()),
                f"circuity above {limit:g}": int((far["circuity"] > limit).sum()),
                "median circuity": round(float(far["circuity"].median()), 2),
            }
        )
    return pd.DataFrame(rows)


def odd_pairs(pairs: pd.DataFrame, limit: float = LIMIT) -> pd.DataFrame:
    """Select pairs without a way, and far pairs with one above the limit, worst first."""
    far = pairs["straight_km"] >= NEAR_KM
    odd = pairs[pairs["km"].isna() | (far & (pairs["circuity"] > limit))]
    return odd.sort_values(["circuity", "straight_km"], ascending=False, na_position="first")


def main(arguments: list[str] | None = None) -> int:
    """Print the counts and the worst pairs; write all odd pairs to a file if asked."""
    options = _parser().parse_args(arguments)
    network = cc.load_network(options.data) if options.data else cc.load_network()
    nets = {name: measure(network, name, options.year) for name in NETS}
    tables = {name: (net, pairs_of(net)) for name, net in nets.items()}
    print(summary(network, tables, options.limit).to_string(index=False))
    odd = pd.concat([odd_pairs(pairs, options.limit) for _, pairs in tables.values()], ignore_index=True)
    if options.output:
        odd.to_csv(options.output, index=False)
    for name in NETS:
        print(f"\n{name}: the {options.rows} worst pairs with a way")
        worst = odd[(odd["net"] == name) & odd["km"].notna()].head(options.rows)
        print(worst.drop(columns="net").to_string(index=False))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.circuity", description=__doc__)
    parser.add_argument("--data", type=Path, help="directory of the tables; default: the embedded ones")
    parser.add_argument("--limit", type=float, default=LIMIT, help="circuity that asks for an explanation")
    parser.add_argument("--year", type=int, help="network of a year; default: today")
    parser.add_argument("--rows", type=int, default=40, help="how many pairs are printed")
    parser.add_argument("--output", type=Path, help="write every odd pair to this CSV file")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
