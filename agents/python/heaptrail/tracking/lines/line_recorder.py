"""Adds up what each line of one function changes, from the events of a hook.

Traced memory is read at the beginning of each event and again at its end, so that what the hook itself takes does
not count. The change between two events belongs to the line that ran: in a recursion that is the line of the inner
call, so that every byte is counted once and the lines add up to the whole.
"""

from __future__ import annotations

import _thread
import threading
from types import CodeType
from typing import Dict, List, Optional

from ..tracing import tracing

try:
    import _tracemalloc
except ImportError:  # PyPy; tracing.acquire tells
    pass

# The line of a call that has begun and is at no line yet.
_NO_LINE = 0


class LineFigures:
    """Sums of one line, over all its hits."""

    __slots__ = ("hits", "growth_bytes", "peak_bytes", "peak_is_exact")

    def __init__(self) -> None:
        self.hits = self.growth_bytes = self.peak_bytes = 0
        self.peak_is_exact = True

    def add(self, other: LineFigures) -> None:
        """Adds the figures of another thread or call."""
        self.hits += other.hits
        self.growth_bytes += other.growth_bytes
        self.note_peak(other.peak_bytes, other.peak_is_exact)

    def note_peak(self, peak_bytes: int, is_exact: bool) -> None:
        """The highest of several; it is exact when the highest one is and none that is not might have been higher."""
        self.peak_is_exact = is_exact if peak_bytes > self.peak_bytes else self.peak_is_exact and is_exact
        self.peak_bytes = max(self.peak_bytes, peak_bytes)


class Activity:
    """What one thread does in the function: the lines it is at (the innermost call last), and the last reading."""

    __slots__ = ("at", "entry_bytes", "last_bytes", "last_peak_bytes", "lines", "return_bytes", "epoch", "resets_peak")

    def __init__(self, entry_bytes: Optional[int]) -> None:
        self.at: List[int] = []
        self.lines: Dict[int, LineFigures] = {}
        self.return_bytes = 0
        self.entry_bytes = entry_bytes
        self.epoch = tracing.epoch()
        # 3.8 cannot reset the peak; and that of a tracing which is not ours is not ours to reset.
        self.resets_peak = hasattr(_tracemalloc, "reset_peak") and tracing.is_ours
        self.last_bytes = self.last_peak_bytes = 0


class LineRecorder:
    """The sums of one code object, over all threads and calls.

    `return_bytes` is what changed after the last line of calls: locals that were freed.
    """

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.lines: Dict[int, LineFigures] = {}
        self.calls = self.return_bytes = self.lost_steps = 0
        self._lock = threading.RLock()
        self._activities: Dict[int, Activity] = {}

    def reset(self) -> None:
        """Forgets what was added up."""
        with self._lock:
            self.lines = {}
            self.calls = self.return_bytes = self.lost_steps = 0

    def activity(self) -> Optional[Activity]:
        """Of this thread, while it is in a call or step of the function."""
        return self._activities.get(_thread.get_ident())

    def open(self, activity: Activity) -> None:
        """This thread begins."""
        self._activities[_thread.get_ident()] = activity

    def close(self, activity: Activity) -> None:
        """This thread ends: its sums join the others, or are lost when tracing was stopped meanwhile."""
        self._activities.pop(_thread.get_ident(), None)
        is_whole = activity.epoch == tracing.epoch()
        with self._lock:
            if not is_whole:
                self.lost_steps += 1
                return
            self.return_bytes += activity.return_bytes
            for line, figures in activity.lines.items():
                self.lines.setdefault(line, LineFigures()).add(figures)

    def count_call(self) -> None:
        """One more call of the function."""
        with self._lock:
            self.calls += 1

    def entered(self, line: Optional[int]) -> None:
        """A call begins, or a generator or coroutine goes on at this line."""
        activity = self.activity()
        if activity is None:
            return
        self._settle(activity)
        activity.at.append(_NO_LINE if line is None or line == self.code.co_firstlineno else line)
        self._read(activity)
        if activity.entry_bytes is None:
            activity.entry_bytes = activity.last_bytes
            self._read(activity)  # the number that is kept now is ours, too

    def line(self, line: int) -> None:
        """A line begins."""
        activity = self.activity()
        if activity is None:
            return
        self._settle(activity)
        if activity.at:
            activity.at[-1] = line
        else:
            activity.at.append(line)
        figures = activity.lines.get(line)
        if figures is None:
            figures = activity.lines[line] = LineFigures()
        figures.hits += 1
        self._read(activity)

    def left(self) -> bool:
        """The innermost call returns or yields; True when this thread is in no other."""
        activity = self.activity()
        if activity is None:
            return True
        self._settle(activity)
        del activity.at[-1:]
        self._read(activity)
        return not activity.at

    def finished(self, depth: int) -> None:
        """A call has ended, its frame is gone. Calls deeper than `depth` ended with an exception and had no event."""
        activity = self.activity()
        if activity is None:
            return
        if len(activity.at) > depth:
            self._settle(activity)
        elif activity.last_bytes:
            activity.return_bytes += _tracemalloc.get_traced_memory()[0] - activity.last_bytes
        del activity.at[depth:]
        self._read(activity)

    def _settle(self, activity: Activity) -> None:
        """What changed since the last reading goes to the line that ran."""
        now_bytes, peak_bytes = _tracemalloc.get_traced_memory()
        line = activity.at[-1] if activity.at else _NO_LINE
        if line == _NO_LINE or activity.entry_bytes is None:
            return
        figures = activity.lines.get(line)
        if figures is None:
            figures = activity.lines[line] = LineFigures()
        figures.growth_bytes += now_bytes - activity.last_bytes
        is_exact = activity.resets_peak or peak_bytes > activity.last_peak_bytes
        reached_bytes = peak_bytes if is_exact else max(now_bytes, activity.last_bytes)
        figures.note_peak(reached_bytes - activity.entry_bytes, is_exact)

    def _read(self, activity: Activity) -> None:
        if activity.resets_peak:
            _tracemalloc.reset_peak()
        activity.last_bytes, activity.last_peak_bytes = _tracemalloc.get_traced_memory()

    def in_child(self) -> None:
        """After a fork: the other threads are gone, and may have held the lock."""
        self._lock = threading.RLock()
        self._activities = {ident: one for ident, one in self._activities.items() if ident == _thread.get_ident()}
