"""A thread that looks at a tracker's memory from time to time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, List, Optional

from ..background import Background
from .comparison import Comparison
from .tracker_event import error_text

if TYPE_CHECKING:
    from .snapshot import Snapshot
    from .tracker import MemoryTracker


class GrowthWatch:
    """A running watch, as `MemoryTracker.watch_growth` gives it; `stop()` it, or use it in a `with`.

    `checks` snapshots were compared, `calls` of the callback made, and `failures` of them raised.
    """

    def __init__(
        self, tracker: MemoryTracker, interval_seconds: float, on_growth: Callable[[Comparison], Any], by: str,
        threshold_kib: Optional[float], watches: List[GrowthWatch],
    ) -> None:
        if not interval_seconds > 0:
            raise ValueError("the interval must be above zero seconds, not %r" % (interval_seconds,))
        if by not in ("line", "stack"):
            raise ValueError("by must be 'line' or 'stack', not %r" % (by,))
        self.checks = self.calls = self.failures = 0
        self._tracker, self._on_growth, self._by, self._threshold_kib = tracker, on_growth, by, threshold_kib
        self._reference: Optional[Snapshot] = None
        self._watches = watches
        self._thread = Background(self._check, interval_seconds)

    @property
    def running(self) -> bool:
        """False after `stop`, and in a forked child."""
        return self._thread.running

    def start(self) -> None:
        """Takes the snapshot to compare with, and starts the thread."""
        self._reference = self._tracker._take("watch")
        self._watches.append(self)
        self._thread.start()

    def stop(self, timeout_seconds: float = 5.0) -> bool:
        """Ends the thread and waits for it; False when it is still busy with the callback then. May be repeated."""
        ended = self._thread.stop(timeout_seconds)
        if self in self._watches:
            self._watches.remove(self)
        return ended

    def __enter__(self) -> GrowthWatch:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    def _check(self) -> None:
        tracker = self._tracker
        snapshot = tracker.snapshot()
        if snapshot is None:
            return
        self.checks += 1
        if self._reference is None or self._reference.epoch != snapshot.epoch:
            self._reference = snapshot
            return
        comparison = tracker.compare(self._reference, snapshot, self._by, self._threshold_kib)
        if not comparison.grown():
            return
        self._reference = snapshot
        self.calls += 1
        try:
            self._on_growth(comparison)
        except BaseException as error:
            self.failures += 1
            tracker._note("HEAPTRAIL_CALLBACK_FAILED", "on_growth raised " + error_text(error))
