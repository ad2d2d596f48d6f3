"""`cycles()` and `garbage()`: what is tied together, and what the cyclic collector would free."""

from __future__ import annotations

import gc
from typing import Any, Dict, NamedTuple, Tuple

from ..byte_text import byte_text
from .bounds import Bounds
from .class_facts import class_text, has_finalizer, shallow_bytes
from .cycle_kinds import CycleKind, cycle_kinds
from .heap_columns import HeapColumns
from .knots import knots
from .own_knots import is_own_knot
from .reachability import GARBAGE, states
from .turn import Turn
from .unexplained import COUNTS_REFERENCES

_MOST_OBJECTS = 5_000_000
_NO_COUNTS = "this build of CPython has no exact reference counts (free threading), so nobody but the collector can tell garbage"


class Cycles(NamedTuple):
    """Kinds of knots, the largest in bytes first; `cut` says what is missing, and is empty otherwise."""

    kinds: Tuple[CycleKind, ...]
    objects_seen: int
    cut: str

    @property
    def knots(self) -> int:
        """Knots of all kinds; each is counted once."""
        return sum([kind.knots for kind in self.kinds])

    def __str__(self) -> str:
        lines = ["%d knots of %d kinds among %d objects" % (self.knots, len(self.kinds), self.objects_seen)]
        for kind in self.kinds:
            lines += ["", _heading(kind), "  cycle       " + kind.example_text + ("" if kind.is_shortest else "  (perhaps not the shortest)")]
            lines.append("  of          " + _counts(kind.types))
            if kind.finalizers:
                lines.append("  __del__     " + _counts(kind.finalizers))
        return "\n".join(lines + (["", "… not whole: " + self.cut] if self.cut else []))

    def __repr__(self) -> str:
        return str(self)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {
            "kinds": [dict(kind._asdict(), example=[step._asdict() for step in kind.example]) for kind in self.kinds],
            "objectsSeen": self.objects_seen, "cut": self.cut}


class Garbage(NamedTuple):
    """What the next full collection would free: `objects` of `size_bytes` (shallow), by type, and the knots among them.

    `finalizers` would run, by type. `note` is empty, or says why this is not all, or what stands in the collector's way.
    """

    objects: int
    size_bytes: int
    types: Tuple[Tuple[str, int], ...]
    finalizers: Tuple[Tuple[str, int], ...]
    kinds: Tuple[CycleKind, ...]
    note: str

    def __str__(self) -> str:
        lines = ["%d unreachable objects, %s, in or behind %d knots" % (self.objects, byte_text(self.size_bytes), sum([kind.knots for kind in self.kinds]))]
        if self.types:
            lines.append("  of          " + _counts(self.types))
        if self.finalizers:
            lines.append("  __del__     " + _counts(self.finalizers))
        lines += ["  cycle       %s  (%d of them)" % (kind.example_text, kind.knots) for kind in self.kinds[:10]]
        return "\n".join(lines + (["  note        " + self.note] if self.note else []))

    def __repr__(self) -> str:
        return str(self)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["kinds"] = [dict(kind._asdict(), example=[step._asdict() for step in kind.example]) for kind in self.kinds]
        return data


def cycles(*, seconds: float = 20.0) -> Cycles:
    """Every knot of references among the objects that the collector lists, each once; not those of heaptrail's own objects.

    References to classes, modules and the namespaces that code runs in do not count: with them half of a program is one
    knot. Calls no code of the program, and leaves no reference behind. The reading stands still for about 0.3 s per
    million references, the search does not; it ends after `seconds`, and says so.
    """
    with Turn() as turn:
        heap = HeapColumns(turn)
        bounds = Bounds(seconds, _MOST_OBJECTS)  # of the search: the reading cannot be cut
        try:
            if len(heap) > _MOST_OBJECTS:
                return Cycles((), len(heap), "more than %d objects" % _MOST_OBJECTS)
            found = [knot for knot in knots(heap, bounds) if not is_own_knot(heap, knot)]
            # Without reference counts all that is known is that the collector has not freed them.
            reached = states(heap) if COUNTS_REFERENCES else bytearray(len(heap))
            kinds = cycle_kinds(heap, found, reached, bounds)
            return Cycles(tuple(kinds), len(heap), bounds.reason or ("" if COUNTS_REFERENCES else _NO_COUNTS))
        finally:
            heap.drop()


def garbage(*, seconds: float = 20.0) -> Garbage:
    """What the next full collection would free, without one: found as the collector finds it, by subtracting references.

    A collection under `gc.DEBUG_SAVEALL` gives the same objects, but it runs their finalizers and the callbacks of weak
    references to them, clears those, and puts all of it into `gc.garbage`. This does none of it.
    """
    if not COUNTS_REFERENCES:
        return Garbage(0, 0, (), (), (), _NO_COUNTS)
    with Turn() as turn:
        heap = HeapColumns(turn)
        bounds = Bounds(seconds, _MOST_OBJECTS)  # of the search: the reading cannot be cut
        try:
            if len(heap) > _MOST_OBJECTS:
                return Garbage(0, 0, (), (), (), "more than %d objects" % _MOST_OBJECTS)
            return _garbage_in(heap, bounds)
        finally:
            heap.drop()


def _garbage_in(heap: HeapColumns, bounds: Bounds) -> Garbage:
    reached = states(heap)
    types: Dict[str, int] = {}
    finalizers: Dict[str, int] = {}
    count = size_bytes = 0
    for at, state in enumerate(reached):
        if state != GARBAGE:
            heap.is_scaffold[at] = 1  # knots are looked for in garbage alone, classes among it
            continue
        thing = heap.objects[at]
        name = class_text(type(thing))
        count += 1
        size_bytes += shallow_bytes(thing)
        types[name] = types.get(name, 0) + 1
        if has_finalizer(type(thing)):
            finalizers[name] = finalizers.get(name, 0) + 1
        heap.is_scaffold[at] = 0
    kinds = cycle_kinds(heap, knots(heap, bounds), reached, bounds)
    return Garbage(count, size_bytes, _ranked(types), _ranked(finalizers), tuple(kinds), bounds.reason or _note())


def _note() -> str:
    if not gc.isenabled():
        return "the collector is off (gc.disable): nothing frees these until gc.collect is called"
    return ""


def _heading(kind: CycleKind) -> str:
    number = "1 knot" if kind.knots == 1 else "%d knots of at most %d objects" % (kind.knots, kind.largest)
    return "%-13s %s: %d objects, %s" % (kind.state, number, kind.objects, byte_text(kind.size_bytes))


def _ranked(counts: Dict[str, int]) -> Tuple[Tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _counts(counts: Tuple[Tuple[str, int], ...]) -> str:
    shown = ", ".join(["%d %s" % (count, name) for name, count in counts[:6]])
    return shown + (", … %d more types" % (len(counts) - 6) if len(counts) > 6 else "")
