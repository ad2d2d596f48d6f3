"""The change between two snapshots, place by place."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Tuple

from ..byte_text import byte_text, change_text
from .snapshot import Amount, Snapshot, Stack
from .source_line import source_lines, with_source
from .table import table

_NOTHING: Amount = (0, 0)


class GrowthRow(NamedTuple):
    """One place: a line, or a stack whose innermost frame comes first."""

    stack: Stack
    size_bytes: int
    size_change_bytes: int
    blocks: int
    blocks_change: int
    average_bytes: float
    average_change_bytes: float

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["stack"] = [{"file": file, "line": line} for file, line in self.stack]
        return data


class Comparison:
    """What changed from one snapshot to a later one; texts and numbers only.

    `rows` are the places that changed by the threshold or more, the largest change first; `hidden_*` adds up the
    others. `doubts` are sentences about what may mislead; a comparison without doubts is exact.
    """

    def __init__(self, before: Snapshot, after: Snapshot, by: str = "line", threshold_bytes: int = 0) -> None:
        self.before, self.after, self.by = before.label, after.label, by
        self.before_at_ms, self.after_at_ms = before.taken_at_ms, after.taken_at_ms
        self.size_bytes, self.blocks = after.traced_bytes, after.blocks
        self.size_change_bytes = after.traced_bytes - before.traced_bytes
        self.blocks_change = after.blocks - before.blocks
        self.threshold_bytes = threshold_bytes
        self.hidden_rows = self.hidden_change_bytes = 0
        self.rows = self._rows(*_amounts(before, after, by))
        self.doubts = _doubts(before, after)

    def _rows(self, old: Dict[Stack, Amount], new: Dict[Stack, Amount]) -> Tuple[GrowthRow, ...]:
        rows: List[GrowthRow] = []
        for stack in set(old) | set(new):
            before, after = old.get(stack, _NOTHING), new.get(stack, _NOTHING)
            if before == after:
                continue
            if abs(after[0] - before[0]) < self.threshold_bytes:
                self.hidden_rows += 1
                self.hidden_change_bytes += after[0] - before[0]
                continue
            average, average_before = _average(after), _average(before)
            rows.append(GrowthRow(
                stack, after[0], after[0] - before[0], after[1], after[1] - before[1], average, average - average_before))
        rows.sort(key=lambda row: (-abs(row.size_change_bytes), -abs(row.blocks_change), row.stack))
        return tuple(rows)

    def grown(self) -> Tuple[GrowthRow, ...]:
        """The rows that grew, the largest growth first."""
        return tuple(row for row in self.rows if row.size_change_bytes > 0)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data = {key: value for key, value in vars(self).items() if key not in ("rows", "doubts")}
        data["rows"] = [row.as_dict() for row in self.rows]
        data["doubts"] = list(self.doubts)
        return data

    def table(self, limit: int = 20) -> str:
        """A heading and the first `limit` rows; stacks with their callers below, and lines with their source."""
        shown = self.rows[:max(0, limit)]
        sources = source_lines(frame for row in shown for frame in row.stack)
        cells = [[
            byte_text(row.size_bytes), change_text(row.size_change_bytes), str(row.blocks), "%+d" % row.blocks_change,
            byte_text(round(row.average_bytes)), change_text(round(row.average_change_bytes)),
            with_source(row.stack[0], sources)] for row in shown]
        lines = table(("size", "change", "blocks", "change", "average", "change", "allocated at"), cells)
        out = ["%s -> %s: %s, %+d blocks, now %s" % (
            self.before, self.after, change_text(self.size_change_bytes), self.blocks_change, byte_text(self.size_bytes))]
        out += ["  note: " + doubt for doubt in self.doubts]
        for at, line in enumerate(lines if shown else []):
            out.append(line)
            if at > 0:
                out += ["    called from " + with_source(frame, sources) for frame in shown[at - 1].stack[1:]]
        out += self._rest(len(shown))
        return "\n".join(out)

    def _rest(self, shown: int) -> List[str]:
        rest = []
        if len(self.rows) > shown:
            left = self.rows[shown:]
            rest.append("... and %d more places, %s" % (len(left), change_text(sum(row.size_change_bytes for row in left))))
        if self.hidden_rows:
            rest.append("... and %d places that changed by less than %s, %s in all" % (
                self.hidden_rows, byte_text(self.threshold_bytes), change_text(self.hidden_change_bytes)))
        return rest or ([] if shown else ["no place changed"])

    def __str__(self) -> str:
        return self.table()

    def __repr__(self) -> str:
        return "<heaptrail.Comparison %r -> %r: %+d bytes>" % (self.before, self.after, self.size_change_bytes)


def _amounts(before: Snapshot, after: Snapshot, by: str) -> Tuple[Dict[Stack, Amount], Dict[Stack, Amount]]:
    if by == "line":
        return before.lines(), after.lines()
    return before.stacks, after.stacks


def _average(amount: Amount) -> float:
    return amount[0] / amount[1] if amount[1] else 0.0


def _doubts(before: Snapshot, after: Snapshot) -> Tuple[str, ...]:
    doubts = []
    if before.epoch != after.epoch:
        doubts.append(
            "between the two, tracemalloc was stopped or its traces were cleared: what was allocated before is not in %r" % after.label)
    dropped = max(before.largest_dropped_bytes, after.largest_dropped_bytes)
    if dropped:
        doubts.append("places below %s were not kept: a change below that may be apparent only" % byte_text(dropped))
    return tuple(doubts)
