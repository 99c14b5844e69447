"""The Pareto set of ways that are pinned is that of all ways, told one by one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cacorridor.routing.choice import pinning
from cacorridor.routing.query import Query
from cacorridor.shortest_paths import undominated

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 10  # nodes, two at each of five places
STATES = ("SSS", "TTT")
node = st.integers(0, SIZE - 1)
# tail, head, two weights, and the states that it crosses as bits
arc = st.tuples(node, node, st.integers(1, 4), st.integers(1, 4), st.sampled_from([0, 0, 0, 1, 2]))
graphs = st.lists(arc, min_size=4, max_size=18)
pins = st.tuples(
    st.lists(st.sampled_from(["p1", "p2", "p3"]), unique=True, max_size=2),
    st.sets(st.sampled_from(STATES), max_size=2),
)

Arc = tuple[int, int, int, int, int]


def supernetwork_of(arcs: list[Arc]) -> Any:
    """A supernetwork with no more than a search of pinned ways asks of it."""
    tail, head, hours, _, bits = (np.array(column) for column in zip(*arcs, strict=True))
    every = np.ones(len(arcs), dtype=bool)
    return SimpleNamespace(
        nodes=tuple((f"p{number // 2}", str(number % 2)) for number in range(SIZE)),
        nodes_at={f"p{place}": (2 * place, 2 * place + 1) for place in range(SIZE // 2)},
        tail=tail,
        head=head,
        arc_states_stopping=np.array([[bit & 1 > 0, bit & 2 > 0] for bit in bits.tolist()]),
        steps=SimpleNamespace(names=SimpleNamespace(states=STATES)),
        weights=lambda _: hours.astype(float),
        open_in=lambda _: every,
        by_modes=lambda _: every,
        in_states=lambda *_, **__: ~every,
    )


def every_way(arcs: list[Arc], query: Query) -> Iterator[tuple[int, int]]:
    """Go through the costs of all ways that fulfil the wishes and pass no place in two layers."""
    wished = [bit for bit, state in enumerate(STATES) if state in query.through]

    def go_on(
        at: int, passed: int, crossed: frozenset[int], seen: dict[Any, Any]
    ) -> Iterator[tuple[int, int]]:
        if at // 2 == 4 and passed == len(query.via) and len(crossed) == len(wished):
            yield 0, 0
        for tail, head, hours, dollars, bits in arcs:
            if tail != at:
                continue
            over = crossed | {bit for bit in wished if bits >> bit & 1}
            place = f"p{head // 2}"
            onward = passed + (passed < len(query.via) and query.via[passed] == place)
            layer = (onward, over)
            # a change of mode is a stay at a place, whatever it fulfils
            stays = at // 2 == head // 2
            if (head, layer) in seen or not (stays or seen.get(place, layer) == layer):
                continue
            known = {**seen, (head, layer): True}
            for more in go_on(head, onward, over, known if stays else {**known, place: layer}):
                yield hours + more[0], dollars + more[1]

    start = (0, frozenset[int]())
    for first in (0, 1):
        yield from go_on(first, 0, frozenset(), {(first, start): True, "p0": start})


@settings(deadline=None, max_examples=60)
@given(graphs, pins)
def test_the_front_of_pinned_ways_is_that_of_all_of_them(arcs: list[Arc], pinned: Any) -> None:
    via, through = pinned
    query = Query(origin="p0", destination="p4", via=tuple(via), through=frozenset(through))
    graph = supernetwork_of(arcs)
    asked = query if via or through else Query(origin="p0", destination="p4", via=("p1",))
    # the network is not asked but for its supernetwork
    with mock.patch.object(pinning, "supernetwork_for", return_value=graph):
        layered = pinning.build_choice_arcs(SimpleNamespace(), asked)  # type: ignore[arg-type]
    assert isinstance(layered, pinning.PinnedArcs)
    weight = np.array([[*(row[at] for row in arcs), 0] for at in (2, 3)], dtype=float)
    front = pinning.front_on(layered, weight[:, layered.arc])
    every = np.array(sorted(set(every_way(arcs, asked))), dtype=float).reshape(-1, 2)
    expected = every[undominated(every)] if len(every) else every
    assert front.cost.tolist() == expected.tolist()
