"""Knots: sets of objects that all reach each other (strongly connected components with a cycle)."""

from __future__ import annotations

from array import array
from typing import List

from .bounds import Bounds
from .heap_columns import HeapColumns

_CHECK_EVERY = 4096


def knots(heap: HeapColumns, bounds: Bounds) -> List[List[int]]:
    """Members of each knot, by number. References to the scaffold do not count. Tarjan's algorithm with a stack of its own.

    Those found so far when `bounds` end it; all of them are whole.
    """
    count = len(heap)
    first_edge, targets, is_scaffold = heap.first_edge, heap.target, heap.is_scaffold
    order = array("q", [0]) * count  # 0: not seen yet; else the number of the visit, from 1 on
    lowest = array("q", [0]) * count
    is_open = bytearray(count)
    found: List[List[int]] = []
    members: List[int] = []
    path: List[int] = []
    next_edge: List[int] = []
    visits = left = 0
    for root in range(count):
        if order[root] or is_scaffold[root]:
            continue
        path.append(root)
        next_edge.append(first_edge[root])
        visits += 1
        order[root] = lowest[root] = visits
        is_open[root] = 1
        members.append(root)
        while path:
            at, edge = path[-1], next_edge[-1]
            end = first_edge[at + 1]
            low = lowest[at]
            while edge < end:
                target = targets[edge]
                edge += 1
                if target < 0 or is_scaffold[target]:
                    continue
                if not order[target]:
                    break
                if is_open[target] and order[target] < low:
                    low = order[target]
            else:
                target = -1
            lowest[at] = low
            if target >= 0 and not order[target]:
                next_edge[-1] = edge
                visits += 1
                order[target] = lowest[target] = visits
                is_open[target] = 1
                members.append(target)
                path.append(target)
                next_edge.append(first_edge[target])
                continue
            path.pop()
            next_edge.pop()
            if path and low < lowest[path[-1]]:
                lowest[path[-1]] = low
            if low == order[at]:
                _close(heap, at, members, is_open, found)
            left += 1
            if left % _CHECK_EVERY == 0 and bounds.ended(left):
                return found
    return found


def _close(heap: HeapColumns, at: int, members: List[int], is_open: bytearray, found: List[List[int]]) -> None:
    """The component of `at` is complete: it is the end of `members`."""
    begin = len(members) - 1
    while members[begin] != at:
        begin -= 1
    knot = members[begin:]
    del members[begin:]
    for member in knot:
        is_open[member] = 0
    if len(knot) > 1 or at in heap.target[heap.first_edge[at] : heap.first_edge[at + 1]]:
        found.append(knot)
