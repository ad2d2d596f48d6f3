"""What `analyze_growth` found."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from ...byte_text import byte_text
from ..snapshot import Stack
from ..source_line import source_lines, with_source
from ..table import table

GROWING, NOT_GROWING, CANNOT_TELL = "growing", "not growing", "cannot tell"


class GrowthPlace(NamedTuple):
    """One line with its callers, or one type, that has grown.

    `stack` ((file, line), innermost first, as far as heaptrail's own call) is empty for a type; `type_name` is None for
    a line (`entries of list` are slots in use). `pace` is "steady" or "slowing".
    """

    stack: Stack
    type_name: Optional[str]
    pace: str
    objects_per_repetition: float
    bytes_per_repetition: float

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["stack"] = [{"file": file, "line": line} for file, line in self.stack]
        return data


class GrowthReport:
    """A verdict, its reason, and the places; texts and numbers only.

    `verdict`  "growing", "not growing" or "cannot tell"
    `lines`    lines whose blocks or bytes grew until the end, the most bytes first
    `types`    types whose number of live objects did
    `smallest_objects_per_repetition`  growth at one line below this would not have been seen
    """

    def __init__(
        self, name: str, verdict: str, reason: str, repetitions: int, warm_up: int, seconds: float,
        bytes_per_repetition: float, smallest_objects_per_repetition: float, lines: Tuple[GrowthPlace, ...] = (),
        types: Tuple[GrowthPlace, ...] = (),
    ) -> None:
        self.name, self.verdict, self.reason = name, verdict, reason
        self.repetitions, self.warm_up, self.seconds = repetitions, warm_up, seconds
        self.bytes_per_repetition = bytes_per_repetition
        self.smallest_objects_per_repetition = smallest_objects_per_repetition
        self.lines, self.types = lines, types

    @property
    def growing(self) -> Optional[bool]:
        """True, False, or None when it cannot be told."""
        return None if self.verdict == CANNOT_TELL else self.verdict == GROWING

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data = dict(vars(self))
        data["lines"] = [place.as_dict() for place in self.lines]
        data["types"] = [place.as_dict() for place in self.types]
        return data

    def __str__(self) -> str:
        out = [
            "%s: %s" % (self.name, self.verdict),
            "  " + self.reason,
            "  %d repetitions after %d to warm up, %.1f s" % (self.repetitions, self.warm_up, self.seconds)]
        if self.smallest_objects_per_repetition:
            out.append("  growth of less than 1 object in %d repetitions at one line would not have been seen" % (
                max(1, round(1 / self.smallest_objects_per_repetition))))
        if self.lines:
            out += ["", *self._line_table(self.lines[:10])]
            out += _more(len(self.lines) - 10, "lines")
        if self.types:
            out += ["", *table(
                ("alive/repetition", "pace", "type"),
                [["%.2f" % place.objects_per_repetition, place.pace, place.type_name or ""] for place in self.types[:10]])]
            out += _more(len(self.types) - 10, "types")
        return "\n".join(out)

    def _line_table(self, shown: Tuple[GrowthPlace, ...]) -> List[str]:
        sources = source_lines(frame for place in shown for frame in place.stack)
        head, *rows = table(
            ("bytes/repetition", "blocks/repetition", "pace", "allocated at"),
            [[byte_text(round(place.bytes_per_repetition, 1)), "%.2f" % place.objects_per_repetition, place.pace,
              with_source(place.stack[0], sources)] for place in shown])
        out = [head]
        for row, place in zip(rows, shown):
            out.append(row)
            out += ["    called from " + with_source(frame, sources) for frame in place.stack[1:]]
        return out

    def __repr__(self) -> str:
        return "<heaptrail.GrowthReport %s: %s>" % (self.name, self.verdict)


def _more(count: int, what: str) -> List[str]:
    return ["... and %d more %s" % (count, what)] if count > 0 else []
