"""`native_held()`: objects with references that nothing in the heap accounts for, by type."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Tuple

from ..byte_text import byte_text
from ..graph.class_facts import class_text, shallow_bytes
from ..graph.heap_columns import HeapColumns
from ..graph.turn import Turn
from ..graph.unexplained import COUNTS_REFERENCES
from ..tracking.table import table
from .creation_line import CreationLines, Line
from .native_growth import HeldObject, NativeGrowth, growth_between, lines_text, ranked
from .unaccounted import StackVariables, unaccounted

_MOST_OBJECTS = 5_000_000
_MOST_HELD = 200_000
_MOST_SHOWN = 20
_NO_COUNTS = "this build of CPython has no exact reference counts (free threading): what native code holds cannot be told"


class NativeHeldRow(NamedTuple):
    """Objects of one type that are held from outside the heap.

    `references` are those that nothing in the heap accounts for, of all of them together; `size_bytes` is shallow.
    `lines` made them, as (file, line) and how many, the most frequent first; empty where nobody noted it.
    """

    type: str
    objects: int
    references: int
    size_bytes: int
    lines: Tuple[Tuple[Line, int], ...]


class NativeHeld(NamedTuple):
    """Types with the most references first. `note` says what is missing, and is empty otherwise.

    The interpreter holds some objects itself (tables of built-in types, constants): look at `growth_since` rather than
    at one moment. Objects without references of their own (str, bytes, numbers) are not listed by the collector, and
    are not seen.
    """

    rows: Tuple[NativeHeldRow, ...]
    objects_seen: int
    note: str
    # By id; of objects that are gone an id says nothing.
    held: Dict[int, HeldObject]

    def growth_since(self, earlier: NativeHeld) -> NativeGrowth:
        """What came since an earlier look: more objects, or more references to the same ones."""
        return growth_between(earlier.held, self.held, earlier.note or self.note)

    def __str__(self) -> str:
        lines = ["%d objects held from outside the heap, of %d" % (sum([row.objects for row in self.rows]), self.objects_seen)]
        cells = [
            (str(row.objects), str(row.references), byte_text(row.size_bytes), row.type + lines_text(row.lines))
            for row in self.rows[:_MOST_SHOWN]]
        lines += table(("objects", "references", "size", "type"), cells) if cells else []
        if len(self.rows) > _MOST_SHOWN:
            lines.append("… %d more types" % (len(self.rows) - _MOST_SHOWN))
        return "\n".join(lines + (["note: " + self.note] if self.note else []))

    def __repr__(self) -> str:
        return str(self)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {"rows": [row._asdict() for row in self.rows], "objectsSeen": self.objects_seen, "note": self.note}


def native_held() -> NativeHeld:
    """Objects whose reference count exceeds the references that objects and running functions have to them, by type.

    These references belong to native code: a C extension, ctypes, cffi, or the interpreter. Calls no code of the program
    and keeps none of its objects. The program stands still for about 0.3 s per million references. Lines are known of
    objects that are watched (`heaptrail.watch`, `track`), and of all that was made while tracemalloc ran.
    """
    if not COUNTS_REFERENCES:
        return NativeHeld((), 0, _NO_COUNTS, {})
    with Turn() as turn:
        variables = StackVariables()
        heap = HeapColumns(turn)
        try:
            if len(heap) > _MOST_OBJECTS:
                return NativeHeld((), len(heap), "more than %d objects" % _MOST_OBJECTS, {})
            return _held_in(heap, variables)
        finally:
            heap.drop()


def _held_in(heap: HeapColumns, variables: StackVariables) -> NativeHeld:
    found = unaccounted(heap, variables)
    lines = CreationLines()
    held: Dict[int, HeldObject] = {}
    for at, references in found[:_MOST_HELD]:
        thing = heap.objects[at]
        held[id(thing)] = HeldObject(class_text(type(thing)), references, shallow_bytes(thing), lines.of(thing))
    notes: List[str] = []
    if len(found) > _MOST_HELD:
        notes.append("%d of %d objects were looked at" % (_MOST_HELD, len(found)))
    if variables.unread:
        notes.append("variables of %d running functions could not be read: what they hold is counted" % variables.unread)
    return NativeHeld(_rows(held), len(heap), "; ".join(notes), held)


def _rows(held: Dict[int, HeldObject]) -> Tuple[NativeHeldRow, ...]:
    sums: Dict[str, List[int]] = {}
    lines: Dict[str, Dict[Line, int]] = {}
    for one in held.values():
        row = sums.setdefault(one.type, [0, 0, 0])
        row[0] += 1
        row[1] += one.references
        row[2] += one.size_bytes
        if one.line is not None:
            of_type = lines.setdefault(one.type, {})
            of_type[one.line] = of_type.get(one.line, 0) + 1
    rows = [NativeHeldRow(name, row[0], row[1], row[2], ranked(lines.get(name, {}))) for name, row in sums.items()]
    return tuple(sorted(rows, key=lambda row: (-row.references, row.type)))
