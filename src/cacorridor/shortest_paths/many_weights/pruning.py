"""Take out of a plan what no pair needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cacorridor.shortest_paths.many_weights.plan import NO_ROW, Plan


def pruned(plan: Plan) -> Plan:
    """Leave out rows that only repeat a weight, and rows that no pair needs; not those of the core.

    Parameters
    ----------
    plan : Plan
        A plan with all rows.

    Returns
    -------
    Plan
        One with the same values for its pairs, in fewer rows.

    """
    repeats = _repeats(plan)
    same_as = np.arange(plan.row_count)
    same_as[plan.first_sum + repeats] = plan.left[plan.bounds[repeats]]
    left, right = same_as[plan.left], same_as[plan.right]
    kept = _needed(plan, left, right)
    kept[repeats] = False

    # Number the rows that are kept; the last entry stands for NO_ROW.
    row = np.arange(plan.row_count + 1, dtype=np.int32)
    row[plan.first_sum : -1][kept] = plan.first_sum + np.arange(np.count_nonzero(kept))
    row[NO_ROW] = NO_ROW
    alternatives = np.diff(plan.bounds)
    is_kept = np.repeat(kept, alternatives)
    first_core_arc, first_label = (
        plan.first_sum + int(np.count_nonzero(kept[: first - plan.first_sum]))
        for first in (plan.first_core_arc, plan.first_label)
    )
    return replace(
        plan,
        bounds=np.concatenate([[0], np.cumsum(alternatives[kept])]).astype(np.int32),
        left=row[left[is_kept]],
        right=row[right[is_kept]],
        roots=row[plan.roots],
        end_index=numbered(plan.end_index[kept] != NO_ROW),
        first_core_arc=first_core_arc,
        first_label=first_label,
    )


def _repeats(plan: Plan) -> np.ndarray:
    """Find the sums, outside the core, of which the one alternative is something plus zero."""
    single = np.flatnonzero(np.diff(plan.bounds) == 1)
    repeats = single[plan.right[plan.bounds[single]] == plan.arc_count]
    row = plan.first_sum + repeats
    return np.asarray(repeats[(row < plan.first_core_arc) | (row >= plan.labels.stop)])


def _needed(plan: Plan, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Mark the sums on which a pair or the core rests, going back from the last one."""
    needed = np.zeros(plan.row_count + 1, dtype=bool)  # the last stands for NO_ROW
    needed[plan.roots] = needed[plan.first_core_arc : plan.labels.stop] = True
    bounds = plan.bounds.tolist()
    for index in range(len(bounds) - 2, -1, -1):
        if needed[plan.first_sum + index]:
            sums = slice(bounds[index], bounds[index + 1])
            needed[left[sums]] = needed[right[sums]] = True
    return needed[plan.first_sum : -1]


def numbered(marked: np.ndarray) -> np.ndarray:
    """Count through what is marked.

    Parameters
    ----------
    marked : ndarray of bool
        Marks.

    Returns
    -------
    ndarray of int32
        0, 1, 2 and so on where there is a mark, ``NO_ROW`` elsewhere.

    """
    return np.where(marked, np.cumsum(marked) - 1, NO_ROW).astype(np.int32)
