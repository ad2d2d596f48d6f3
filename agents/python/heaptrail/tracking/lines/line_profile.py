"""What `profile_lines` has measured of one function."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Tuple

from ...byte_text import byte_text, change_text
from ..source_line import file_lines
from ..table import table
from .line_recorder import LineRecorder


class LineRow(NamedTuple):
    """One line of the function, over all its calls.

    `growth_bytes` is what was allocated less what was freed while it ran, `peak_bytes` how far memory rose at most above
    where it was when the call began. Where `peak_is_exact` is False it may have been higher for a moment.
    """

    line: int
    hits: int
    growth_bytes: int
    peak_bytes: int
    peak_is_exact: bool
    source: str

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return self._asdict()


class LineProfile:
    """The figures of a function decorated with `profile_lines`; they go on with each call."""

    def __init__(self, recorder: LineRecorder) -> None:
        self._recorder = recorder
        self.file = recorder.code.co_filename
        self.name = getattr(recorder.code, "co_qualname", recorder.code.co_name)

    @property
    def calls(self) -> int:
        """How often the function was called; a generator or coroutine counts when its first step runs."""
        return self._recorder.calls

    @property
    def lost_steps(self) -> int:
        """Calls, or steps of a generator, without figures, because tracing was stopped while they ran."""
        return self._recorder.lost_steps

    @property
    def return_bytes(self) -> int:
        """What changed after the last line of the calls: mostly locals that were freed, so mostly negative."""
        return self._recorder.return_bytes

    @property
    def growth_bytes(self) -> int:
        """What all calls together have left allocated: all lines, and what was freed on return."""
        return sum(row.growth_bytes for row in self.rows()) + self.return_bytes

    def rows(self) -> Tuple[LineRow, ...]:
        """Every line that ran, in order."""
        lines = file_lines(self.file)
        return tuple(
            LineRow(
                line, figures.hits, figures.growth_bytes, max(0, figures.peak_bytes), figures.peak_is_exact,
                lines[line - 1] if 0 < line <= len(lines) else "")
            for line, figures in sorted(self._recorder.lines.items()))

    def reset(self) -> None:
        """Forgets all figures."""
        self._recorder.reset()

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {
            "name": self.name, "file": self.file, "calls": self.calls, "lost_steps": self.lost_steps,
            "growth_bytes": self.growth_bytes, "return_bytes": self.return_bytes,
            "rows": [row.as_dict() for row in self.rows()]}

    def __str__(self) -> str:
        rows = {row.line: row for row in self.rows()}
        out = ["%s  %s:%d  %d call%s, %s" % (
            self.name, self.file, self._recorder.code.co_firstlineno, self.calls, "" if self.calls == 1 else "s", change_text(self.growth_bytes))]
        if self.lost_steps:
            out.append("  note: tracing was stopped %d times while it ran; those times are missing" % self.lost_steps)
        if any(not row.peak_is_exact for row in rows.values()):
            out.append("  note: a peak after >= may have been higher for a moment (somebody else traces too, or Python 3.8)")
        if not rows:
            return "\n".join(out + ["  it has not run"])
        return "\n".join(out + table(("line", "hits", "growth", "peak", "source"), self._cells(rows)))

    def _cells(self, rows: Dict[int, LineRow]) -> List[List[str]]:
        lines = file_lines(self.file)
        cells = []
        for number in range(min(rows), max(rows) + 1):
            row, source = rows.get(number), lines[number - 1] if 0 < number <= len(lines) else ""
            if row is None:
                cells.append([str(number), "", "", "", source])
                continue
            peak = byte_text(row.peak_bytes) if row.peak_bytes else ""
            cells.append([
                str(number), str(row.hits), change_text(row.growth_bytes) if row.growth_bytes else "",
                peak if row.peak_is_exact or not peak else ">= " + peak, source])
        if self.return_bytes:
            cells.append(["", "", change_text(self.return_bytes), "", "(on return)"])
        return cells

    def __repr__(self) -> str:
        return "<heaptrail.LineProfile %s: %d calls>" % (self.name, self.calls)
