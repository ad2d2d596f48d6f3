"""What native code holds more of than before."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from ..byte_text import change_text
from ..tracking.source_line import source_lines, with_source
from ..tracking.table import table
from .creation_line import Line

_MOST_LINES = 3


class HeldObject(NamedTuple):
    """What is kept of an object that was held at one moment."""

    type: str
    references: int
    size_bytes: int
    line: Optional[Line]


class NativeGrowthRow(NamedTuple):
    """One type. The changes are from the earlier look to the later; `lines` made the objects that are new, with how many each."""

    type: str
    objects: int
    objects_change: int
    references_change: int
    size_change_bytes: int
    lines: Tuple[Tuple[Line, int], ...]


class NativeGrowth(NamedTuple):
    """Types of which native code has more references than before, the most first. Empty when there is none."""

    rows: Tuple[NativeGrowthRow, ...]
    note: str

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __str__(self) -> str:
        if not self.rows:
            return "native code holds no more than before" + (" (%s)" % self.note if self.note else "")
        cells = [
            ("%+d" % row.references_change, "%+d" % row.objects_change, str(row.objects), change_text(row.size_change_bytes),
             row.type + lines_text(row.lines))
            for row in self.rows]
        lines = table(("references", "objects", "of", "size", "type"), cells)
        return "\n".join(lines + (["note: " + self.note] if self.note else []))

    def __repr__(self) -> str:
        return str(self)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {"rows": [row._asdict() for row in self.rows], "note": self.note}


def growth_between(earlier: Dict[int, HeldObject], later: Dict[int, HeldObject], note: str) -> NativeGrowth:
    """By type, where the references rose. An object at an address where one of another type was is new."""
    sums: Dict[str, List[int]] = {}
    lines: Dict[str, Dict[Line, int]] = {}
    for address, one in later.items():
        row = sums.setdefault(one.type, [0, 0, 0, 0])
        row[0] += 1
        row[1] += 1
        row[2] += one.references
        row[3] += one.size_bytes
        former = earlier.get(address)
        if one.line is not None and (former is None or former.type != one.type):
            of_type = lines.setdefault(one.type, {})
            of_type[one.line] = of_type.get(one.line, 0) + 1
    for one in earlier.values():
        row = sums.setdefault(one.type, [0, 0, 0, 0])
        row[1] -= 1
        row[2] -= one.references
        row[3] -= one.size_bytes
    rows = [
        NativeGrowthRow(name, row[0], row[1], row[2], row[3], ranked(lines.get(name, {})))
        for name, row in sums.items() if row[2] > 0]
    return NativeGrowth(tuple(sorted(rows, key=lambda row: (-row.references_change, row.type))), note)


def ranked(counts: Dict[Line, int]) -> Tuple[Tuple[Line, int], ...]:
    """The most frequent first."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def lines_text(lines: Tuple[Tuple[Line, int], ...]) -> str:
    """Further lines of text below a type: where its objects were made."""
    if not lines:
        return ""
    shown = [line for line, _ in lines[:_MOST_LINES]]
    sources = source_lines(shown)
    texts = ["\n    %d made at %s" % (count, with_source(line, sources)) for line, count in lines[:_MOST_LINES]]
    return "".join(texts) + ("\n    … %d more lines" % (len(lines) - _MOST_LINES) if len(lines) > _MOST_LINES else "")
