"""`gc_stats`: what the collector does, and what it costs."""

from __future__ import annotations

import gc
import time
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .pause_clock import PauseClock
from .runtime import Runtime, runtime


class GenerationStats(NamedTuple):
    """One generation since the interpreter started; `counted` is what is compared with `threshold` now."""

    generation: int
    threshold: int
    counted: int
    collections: int
    collected: int
    uncollectable: int


class LostTime(NamedTuple):
    """What collections took while a session measured.

    `pauses`, `total_ms` and `longest_ms` are exact; `median_ms` is of the last 4096 pauses. On PyPy only the time is
    known. `by_generation` has (pauses, milliseconds, objects collected) of each, the youngest first.
    """

    measured_seconds: float
    total_ms: float
    share: float
    pauses: Optional[int]
    longest_ms: Optional[float]
    median_ms: Optional[float]
    collected: Optional[int]
    by_generation: Tuple[Tuple[int, float, int], ...]


class GcStats:
    """The collector at one moment; in a `with` also the time that is lost meanwhile.

        print(heaptrail.gc_stats())

        with heaptrail.gc_stats() as session:
            work()
        print(session.lost.total_ms)

    `thresholds`, `frozen` and `generations` are None or empty on PyPy, which has none. `lost` is None outside a session.
    Within one, `refresh()` brings all figures up to date; its end does so as well.
    """

    runtime: Runtime
    enabled: bool
    thresholds: Optional[Tuple[int, ...]]
    frozen: Optional[int]
    tracked_objects: int
    garbage: int
    generations: Tuple[GenerationStats, ...]
    lost: Optional[LostTime]

    def __init__(self) -> None:
        self._clock: Optional[PauseClock] = None
        self._started: Optional[float] = None
        self._started_pypy_ms = 0.0
        self.lost = None
        self.refresh()

    def refresh(self) -> GcStats:
        """Reads all figures anew; returns itself."""
        self.runtime = runtime()
        self.enabled = gc.isenabled()
        self.thresholds = tuple(gc.get_threshold()) if hasattr(gc, "get_threshold") else None
        self.frozen = gc.get_freeze_count() if hasattr(gc, "get_freeze_count") else None
        self.tracked_objects = len(gc.get_objects())
        self.garbage = len(gc.garbage)
        self.generations = _generations()
        if self._started is not None:
            self.lost = self._lost(time.perf_counter() - self._started)
        return self

    def __enter__(self) -> GcStats:
        if self._started is not None:
            raise RuntimeError("this session is active; take another gc_stats() for one within it")
        self.lost = None
        self._started = time.perf_counter()
        self._started_pypy_ms = _pypy_ms()
        if PauseClock.is_possible():
            self._clock = PauseClock()
            self._clock.install()
        return self

    def __exit__(self, *_exc: object) -> None:
        try:
            self.refresh()
        finally:
            if self._clock is not None:
                self._clock.remove()
            self._clock = self._started = None

    def _lost(self, seconds: float) -> LostTime:
        if self._clock is None:
            total_ms = _pypy_ms() - self._started_pypy_ms
            return LostTime(seconds, total_ms, _share(total_ms, seconds), None, None, None, None, ())
        sums = self._clock.sums()
        total_ms = sum(one.total_ns for one in sums) / 1e6
        recent = sorted(self._clock.recent_ns)
        return LostTime(
            seconds, total_ms, _share(total_ms, seconds), sum(one.pauses for one in sums), max(one.longest_ns for one in sums) / 1e6,
            recent[len(recent) // 2] / 1e6 if recent else 0.0, sum(one.collected for one in sums),
            tuple((one.pauses, one.total_ns / 1e6, one.collected) for one in sums))

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {
            "runtime": self.runtime.as_dict(), "enabled": self.enabled, "thresholds": self.thresholds and list(self.thresholds),
            "frozen": self.frozen, "tracked_objects": self.tracked_objects, "garbage": self.garbage,
            "generations": [one._asdict() for one in self.generations], "lost": self.lost and self.lost._asdict()}

    def __str__(self) -> str:
        facts = self.runtime
        out = ["%s %s%s, collector %s, %s" % (
            facts.implementation, facts.version, " (free-threaded)" if facts.free_threaded else "", "on" if self.enabled else "off",
            "no thresholds" if self.thresholds is None else "thresholds %s" % ", ".join(map(str, self.thresholds)))]
        out.append("%d objects tracked%s, %d in gc.garbage" % (
            self.tracked_objects, "" if not self.frozen else " and %d frozen" % self.frozen, self.garbage))
        out += ["  generation %d: %d collections, %d objects collected, %d uncollectable; count %d of %d" % (
            one.generation, one.collections, one.collected, one.uncollectable, one.counted, one.threshold) for one in self.generations]
        out += self._lost_lines() + ["  note: " + each for each in facts.differences]
        return "\n".join(out)

    def _lost_lines(self) -> List[str]:
        lost = self.lost
        if lost is None:
            return []
        head = "lost to collections: %.1f ms of %.2f s (%.2f %%)" % (lost.total_ms, lost.measured_seconds, 100 * lost.share)
        if lost.pauses is None:
            return [head]
        return [head + ", %d pauses, median %.3f ms, longest %.3f ms" % (lost.pauses, lost.median_ms or 0.0, lost.longest_ms or 0.0)] + [
            "  generation %d: %d pauses, %.1f ms, %d objects collected" % (at, *one)
            for at, one in enumerate(lost.by_generation) if one[0]]

    def __repr__(self) -> str:
        return "<heaptrail.GcStats %s %s>" % (self.runtime.implementation, self.runtime.version)


def gc_stats() -> GcStats:
    """The collector's figures of now, and a session that measures lost time: see GcStats."""
    return GcStats()


def _generations() -> Tuple[GenerationStats, ...]:
    if not hasattr(gc, "get_count"):
        return ()
    thresholds, counts, stats = gc.get_threshold(), gc.get_count(), gc.get_stats()
    return tuple(
        GenerationStats(at, thresholds[at], counts[at], one["collections"], one["collected"], one["uncollectable"])
        for at, one in enumerate(stats))


def _pypy_ms() -> float:
    """The time that PyPy has spent in its collector so far; 0 elsewhere."""
    total = getattr(gc.get_stats(), "total_gc_time", 0.0)
    return float(total)


def _share(total_ms: float, seconds: float) -> float:
    return total_ms / 1000 / seconds if seconds > 0 else 0.0
