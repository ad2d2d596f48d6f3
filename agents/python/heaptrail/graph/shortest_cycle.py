"""The shortest cycle within a knot."""

from __future__ import annotations

from typing import Dict, List, Set, Tuple

from .bounds import Bounds
from .heap_columns import HeapColumns

_MOST_STARTS = 64
_MOST_STEPS = 20_000


def shortest_cycle(heap: HeapColumns, knot: List[int], bounds: Bounds) -> Tuple[List[int], bool]:
    """Members of a cycle in order, and whether no shorter one can be in the knot.

    From each of up to 64 members breadth first back to itself; a cycle of one or two ends the search.
    """
    inside = set(knot)
    best: List[int] = []
    is_whole = len(knot) <= _MOST_STARTS
    for at, start in enumerate(sorted(knot)[:_MOST_STARTS]):
        found, complete = _cycle_through(heap, start, inside, len(best) or len(knot) + 1)
        is_whole = is_whole and complete
        if found:
            best = found
        if len(best) == 1:
            return best, True
        if best and (at % 8 == 7 and bounds.ended(0)):
            return best, False
    return best, is_whole or len(best) == 1


def _cycle_through(heap: HeapColumns, start: int, inside: Set[int], longest: int) -> Tuple[List[int], bool]:
    """The shortest cycle through `start` of fewer than `longest` members, or none; False when the search was cut."""
    first_edge, targets = heap.first_edge, heap.target
    came_from: Dict[int, int] = {start: -1}
    level, length, steps = [start], 1, 0
    while level and length < longest:
        following: List[int] = []
        for at in level:
            for target in targets[first_edge[at] : first_edge[at + 1]]:
                if target == start:
                    return _back(came_from, at), True
                if target in inside and target not in came_from:
                    came_from[target] = at
                    following.append(target)
            steps += 1
        if steps > _MOST_STEPS:
            return [], False
        level = following
        length += 1
    return [], True


def _back(came_from: Dict[int, int], at: int) -> List[int]:
    found = []
    while at >= 0:
        found.append(at)
        at = came_from[at]
    found.reverse()
    return found
