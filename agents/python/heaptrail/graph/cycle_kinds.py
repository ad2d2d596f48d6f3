"""Knots by kind: those whose shortest cycles go through the same types, in one state."""

from __future__ import annotations

import gc
from types import CellType
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

from .attributes import Attributes
from .bounds import Bounds
from .class_facts import class_text, has_finalizer, shallow_bytes
from .heap_columns import HeapColumns
from .path import Step
from .reachability import ALIVE
from .shortest_cycle import shortest_cycle
from .written_path import next_written, step_to

REACHABLE, GARBAGE, UNCOLLECTABLE = "reachable", "garbage", "uncollectable"


class CycleKind(NamedTuple):
    """Knots of one kind.

    `state`       `reachable`: something alive holds it; `garbage`: nothing does, and the collector will free it;
                  `uncollectable`: it lies in `gc.garbage`, which keeps it
    `knots`       how many, of `objects` members together and `size_bytes` (shallow); the largest has `largest` members
    `types`       members by type, most first; `finalizers` those with a `__del__`, by type
    `example`     the shortest cycle of the smallest knot: each step is a reference and the object it leads to, and the
                  last one leads back to the first. `is_shortest` is False where the search for it was cut
    """

    state: str
    knots: int
    objects: int
    size_bytes: int
    largest: int
    types: Tuple[Tuple[str, int], ...]
    finalizers: Tuple[Tuple[str, int], ...]
    example: Tuple[Step, ...]
    is_shortest: bool

    @property
    def example_text(self) -> str:
        """`Node → .children (list, 2 entries) → [0] (Node)`: the cycle, beginning and ending with the same object."""
        return " → ".join([self.example[-1].type] + [step.text() for step in self.example])


class _Sums:
    """What is summed of a kind; `cycle` is of its smallest knot."""

    def __init__(self) -> None:
        self.knots = self.objects = self.size_bytes = self.largest = 0
        self.smallest = -1
        self.cycle: List[int] = []
        self.is_shortest = False
        self.types: Dict[str, int] = {}
        self.finalizers: Dict[str, int] = {}


def cycle_kinds(heap: HeapColumns, found: Sequence[List[int]], states: bytearray, bounds: Bounds) -> List[CycleKind]:
    """Kinds of the knots in `found`, the largest in bytes first."""
    sums: Dict[Tuple[str, Tuple[int, ...]], _Sums] = {}
    uncollectable = set(map(id, gc.garbage))
    facts: Dict[int, Tuple[str, bool]] = {}
    for knot in found:
        cycle, is_shortest = shortest_cycle(heap, knot, bounds)
        state = _state(heap, knot, states, uncollectable)
        key = (state, _signature(heap, cycle))
        _add(sums.setdefault(key, _Sums()), heap, knot, cycle, is_shortest, facts)
    names = Attributes()
    kinds = [_kind(state, one, heap, names) for (state, _), one in sums.items()]
    return sorted(kinds, key=lambda kind: (-kind.size_bytes, kind.state, kind.example_text))


def _state(heap: HeapColumns, knot: List[int], states: bytearray, uncollectable: Any) -> str:
    if uncollectable and not uncollectable.isdisjoint([id(heap.objects[at]) for at in knot]):
        return UNCOLLECTABLE
    return REACHABLE if any([states[at] == ALIVE for at in knot]) else GARBAGE


def _signature(heap: HeapColumns, cycle: List[int]) -> Tuple[int, ...]:
    """Types in the order of the cycle, begun where it is least: the same for each cycle of the kind."""
    types = [id(type(heap.objects[at])) for at in cycle]
    return min([tuple(types[at:] + types[:at]) for at in range(len(types))]) if len(types) <= 64 else tuple(sorted(types))


def _add(
    sums: _Sums, heap: HeapColumns, knot: List[int], cycle: List[int], is_shortest: bool, facts: Dict[int, Tuple[str, bool]],
) -> None:
    sums.knots += 1
    sums.objects += len(knot)
    sums.largest = max(sums.largest, len(knot))
    if sums.smallest < 0 or len(knot) < sums.smallest:
        sums.smallest, sums.cycle, sums.is_shortest = len(knot), cycle, is_shortest
    for at in knot:
        thing = heap.objects[at]
        sums.size_bytes += shallow_bytes(thing)
        known = facts.get(id(type(thing)))
        if known is None:
            known = facts[id(type(thing))] = (class_text(type(thing)), has_finalizer(type(thing)))
        name, finalized = known
        sums.types[name] = sums.types.get(name, 0) + 1
        if finalized:
            sums.finalizers[name] = sums.finalizers.get(name, 0) + 1


def _kind(state: str, sums: _Sums, heap: HeapColumns, names: Attributes) -> CycleKind:
    example = _written_cycle([heap.objects[at] for at in sums.cycle], names)
    return CycleKind(
        state, sums.knots, sums.objects, sums.size_bytes, sums.largest, _ranked(sums.types), _ranked(sums.finalizers), example, sums.is_shortest)


def _ranked(counts: Dict[str, int]) -> Tuple[Tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _written_cycle(cycle: List[object], names: Attributes) -> Tuple[Step, ...]:
    """A cycle as its developer would write it, begun at an object rather than at a table or a cell behind one."""
    behind = [type(thing) is dict or type(thing) is tuple or type(thing) is CellType for thing in cycle]
    begin = behind.index(False) if False in behind else 0
    around = cycle[begin:] + cycle[:begin] + [cycle[begin]]
    steps, at = [], 0
    while at < len(around) - 1:
        label, length = next_written(around, at, names)
        at += length
        steps.append(step_to(label, around[at]))
    return tuple(steps)
