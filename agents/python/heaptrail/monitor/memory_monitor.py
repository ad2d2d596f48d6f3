"""Components of a program report what they use; the monitor compares it with limits."""

from __future__ import annotations

import operator
import os
import threading
import time
import weakref
from collections import deque
from typing import Any, Callable, Deque, Dict, List, NamedTuple, Optional

from ..failure_text import failure_text
from .component import NEAR, OK, OVER, Component, Threshold
from .process_sizes import ProcessMemory, ProcessMemoryUnavailableError, process_memory
from .summary import ComponentSummary, MonitorSummary

MOST_COMPONENTS = 10_000
_MOST_FAILURES = 20
_ORDER = {OVER: 2, NEAR: 1}


class ThresholdEvent(NamedTuple):
    """`status` is `over` when a limit was passed, `ok` when the size is well below it again. `component` is None for all together."""

    component: Optional[str]
    status: str
    size_bytes: int
    limit_bytes: int
    baseline_bytes: Optional[int]
    at_ms: int


OnThreshold = Callable[[ThresholdEvent], Any]


class MemoryMonitor:
    """What components report, and what of it is too much.

        monitor = heaptrail.MemoryMonitor(limit_bytes=512 << 20)
        monitor.component("cache", limit_bytes=64 << 20)        # absolute
        monitor.component("sessions", limit_ratio=1.5)          # 1.5 times its first report
        monitor.on_threshold(alert)
        monitor.report("cache", cache.nbytes)
        print(monitor.summary())

    `limit_bytes` and `limit_ratio` here are for all components together; a ratio is of the sum of their baselines.
    Callbacks are told once when a limit is passed, and once when the size has fallen below `near_ratio` of it. They run
    in the thread that reports; what one raises stops no other, and stands in the summary. Any thread may report. A
    forked child has the same components and goes on alone.
    """

    def __init__(self, *, limit_bytes: Optional[int] = None, limit_ratio: Optional[float] = None, near_ratio: float = 0.8) -> None:
        if not 0 < near_ratio <= 1:
            raise ValueError("near_ratio must be above 0 and at most 1, not %r" % (near_ratio,))
        self._near_ratio = near_ratio
        self._total = Threshold(limit_bytes, limit_ratio, near_ratio)
        self._components: Dict[str, Component] = {}
        self._callbacks: List[OnThreshold] = []
        self._failures: Deque[str] = deque(maxlen=_MOST_FAILURES)
        self._dropped = 0
        self._lock = threading.RLock()
        _monitors.add(self)

    def component(
        self, name: str, *, limit_bytes: Optional[int] = None, limit_ratio: Optional[float] = None, baseline_bytes: Optional[int] = None,
    ) -> None:
        """Declares a component, or gives it other limits. A ratio is of its baseline: the one given, else its first report above 0."""
        threshold = Threshold(limit_bytes, limit_ratio, self._near_ratio)
        with self._lock:
            known = self._find(name)
            if known is not None:
                known.threshold = threshold
                known.baseline_bytes = known.baseline_bytes if baseline_bytes is None else baseline_bytes
                return
            if len(self._components) >= MOST_COMPONENTS:
                raise ValueError("there are %d components already; names must not be made from data" % MOST_COMPONENTS)
            self._components[name] = Component(name, threshold, baseline_bytes)

    def report(self, component: str, size_bytes: int) -> None:
        """What a component uses now. One that was not declared has no limit of its own.

        Raises TypeError for a size that is no integer, and ValueError for one below 0.
        """
        size = operator.index(size_bytes)
        if size < 0:
            raise ValueError("a size in bytes cannot be %d" % size)
        with self._lock:
            known = self._find(component)
            if known is None:
                if len(self._components) >= MOST_COMPONENTS:
                    self._dropped += 1
                    return
                known = self._components[component] = Component(component, Threshold(None, None, self._near_ratio), None)
            known.report(size)
            events = self._events(known)
        if events:
            self._tell(events)

    def baseline(self) -> None:
        """Takes what all components use now as their baselines."""
        with self._lock:
            for component in self._components.values():
                if component.size_bytes > 0:
                    component.baseline_bytes = component.size_bytes

    def forget(self, component: str) -> bool:
        """Removes a component; False when there is none of that name."""
        with self._lock:
            return self._components.pop(component, None) is not None

    def on_threshold(self, callback: OnThreshold) -> Callable[[], None]:
        """Calls `callback` with each ThresholdEvent; returns a function that ends it."""
        self._callbacks.append(callback)

        def remove() -> None:
            self._callbacks = [known for known in self._callbacks if known is not callback]

        return remove

    def summary(self, *, process: bool = False) -> MonitorSummary:
        """All components as of now; with `process` beside what the kernel says of this process."""
        now = time.monotonic()
        with self._lock:
            rows = [_row(component, now) for component in self._components.values()]
            total, baseline, dropped = self._sums() + (self._dropped,)
        rows.sort(key=lambda row: (-row.size_bytes, row.name))
        notes = ["%d reports of more components than %d were dropped" % (dropped, MOST_COMPONENTS)] if dropped else []
        memory: Optional[ProcessMemory] = None
        if process:
            try:
                memory = process_memory()
            except (ProcessMemoryUnavailableError, OSError) as error:
                notes.append(str(error))
        total_status = self._total.status(total, baseline)
        worst = max([row.status for row in rows] + [total_status], key=lambda status: _ORDER.get(status, 0))
        return MonitorSummary(
            tuple(rows), total, self._total.limit(baseline), total_status, worst if worst in _ORDER else OK, memory,
            None if memory is None else memory.rss_bytes - total, tuple(self._failures), "; ".join(notes))

    def _find(self, name: str) -> Optional[Component]:
        if not isinstance(name, str):
            raise TypeError("the name of a component must be a str")
        return self._components.get(str.__str__(name))

    def _sums(self) -> "tuple[int, int]":
        components = self._components.values()
        return sum([one.size_bytes for one in components]), sum([one.baseline_bytes or 0 for one in components])

    def _events(self, component: Component) -> List[ThresholdEvent]:
        """What callbacks are to be told of after a report."""
        total, baseline = self._sums()
        found = []
        for name, threshold, size, base in (
            (component.name, component.threshold, component.size_bytes, component.baseline_bytes), (None, self._total, total, baseline)):
            crossed = threshold.crossed(size, base)
            if crossed is not None:
                found.append(ThresholdEvent(name, crossed, size, threshold.limit(base) or 0, base, int(time.time() * 1000)))
        return found

    def _tell(self, events: List[ThresholdEvent]) -> None:
        """All callbacks, whatever one of them raises. What is not an error of a callback's own (Ctrl-C, exit) goes on after the last."""
        leaving: Optional[BaseException] = None
        for event in events:
            for callback in list(self._callbacks):
                try:
                    callback(event)
                except Exception as error:
                    self._failures.append(failure_text(error))
                except BaseException as error:
                    leaving = leaving or error
        if leaving is not None:
            raise leaving


def _row(component: Component, now: float) -> ComponentSummary:
    age = None if component.reported_at is None else now - component.reported_at
    return ComponentSummary(
        component.name, component.size_bytes, component.peak_bytes, component.baseline_bytes, component.threshold.limit(component.baseline_bytes),
        component.status, component.reports, age)


_monitors: "weakref.WeakSet[MemoryMonitor]" = weakref.WeakSet()


def _in_child() -> None:
    for monitor in list(_monitors):
        monitor._lock = threading.RLock()  # a thread that did not come along may have held it


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
