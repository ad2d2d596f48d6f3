"""Which objects nothing outside the collector's list leads to: the collector's own subtraction, done beside it.

A reference that no listed object accounts for comes from outside (a running function, C code, a module that the
interpreter holds). What has one, and all that it leads to, is alive; the rest is what the collector would find. No
finalizer runs, no weak reference is cleared, nothing is put into `gc.garbage`.
"""

from __future__ import annotations

from collections import Counter
from typing import List

from .heap_columns import HeapColumns

ALIVE, GARBAGE, DEAD = 0, 1, 2


def states(heap: HeapColumns) -> bytearray:
    """ALIVE, GARBAGE or DEAD for each object. DEAD ones have gone meanwhile by their reference counts: only our list has them."""
    found = bytearray(b"\x01") * len(heap)
    inside = Counter(heap.target)
    outside = [at for at, count in enumerate(heap.references) if count > inside[at]]
    for at in outside:
        found[at] = ALIVE
    _mark_alive(heap, found, outside)
    _mark_dead(heap, found)
    return found


def _mark_alive(heap: HeapColumns, found: bytearray, waiting: List[int]) -> None:
    first_edge, targets = heap.first_edge, heap.target
    while waiting:
        at = waiting.pop()
        for target in targets[first_edge[at] : first_edge[at + 1]]:
            if target >= 0 and found[target]:
                found[target] = ALIVE
                waiting.append(target)


def _mark_dead(heap: HeapColumns, found: bytearray) -> None:
    """Garbage that no garbage refers to is in no cycle and behind none."""
    first_edge, targets = heap.first_edge, heap.target
    garbage = [at for at in range(len(found)) if found[at]]
    held: "Counter[int]" = Counter()
    for at in garbage:
        held.update(targets[first_edge[at] : first_edge[at + 1]])
    waiting = [at for at in garbage if not held[at]]
    while waiting:
        at = waiting.pop()
        found[at] = DEAD
        for target in targets[first_edge[at] : first_edge[at + 1]]:
            if target >= 0:
                held[target] -= 1
                if held[target] == 0 and found[target] == GARBAGE:
                    waiting.append(target)
