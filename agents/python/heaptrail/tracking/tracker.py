"""Which lines allocate what is still alive, from one moment to the next."""

from __future__ import annotations

import os
import threading
import weakref
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional, Union

from .comparison import Comparison
from .growth_watch import GrowthWatch
from .snapshot import Snapshot, take_snapshot
from .tracing import MOST_FRAMES, tracing
from .tracker_event import TrackerEvent, tracker_event

_MOST_EVENTS = 100

WhichSnapshot = Union[str, int, Snapshot]


class MemoryTracker:
    """Snapshots of what is allocated, and their differences by line or by stack.

        with heaptrail.MemoryTracker() as tracker:
            tracker.baseline()
            work()
            print(tracker.compare_to_baseline())

    `frames`         frames kept of each allocation, 1 to 64; more than 1 gives stacks and costs more
    `keep`           snapshots that are kept; the oldest go first, the baseline stays
    `threshold_kib`  places that changed by less are added up and not listed

    It uses tracemalloc, from `start` (or the first snapshot) to `close` (or the end of `with`). A tracing that runs
    already is used as it is, with its own number of frames, and never stopped. heaptrail's own lines are left out.
    When memory runs out a snapshot is None and an event says so; what was there before stays.

    Any thread may use it. After os.fork the child has the same snapshots and goes on alone, without its watches.
    """

    def __init__(self, frames: int = 1, keep: int = 10, threshold_kib: float = 0.0) -> None:
        if not 1 <= frames <= MOST_FRAMES:
            raise ValueError("frames must be from 1 to %d, not %d" % (MOST_FRAMES, frames))
        if keep < 1:
            raise ValueError("keep must be at least 1, not %d" % keep)
        if threshold_kib < 0:
            raise ValueError("threshold_kib must not be negative")
        self.frames = frames
        self.threshold_bytes = int(threshold_kib * 1024)
        self._lock = threading.RLock()
        self._snapshots: Deque[Snapshot] = deque(maxlen=keep)
        self._baseline: Optional[Snapshot] = None
        self._events: Deque[TrackerEvent] = deque(maxlen=_MOST_EVENTS)
        self._taken = 0
        self._watches: List[GrowthWatch] = []
        self._release: Optional[Callable[[], object]] = None
        _trackers.add(self)

    def start(self) -> None:
        """Starts tracing, where it is not on. Raises TracingUnavailableError where there is no tracemalloc."""
        with self._lock:
            if self._release is None:
                tracing.acquire(self.frames)
                # A tracker that is dropped without `close` must not leave its tracing behind either.
                finalizer = weakref.finalize(self, tracing.release)
                setattr(finalizer, "atexit", False)
                self._release = finalizer

    def close(self) -> None:
        """Ends the watches and our use of tracing. Snapshots and their comparisons stay."""
        for watch in self._watches[:]:
            watch.stop()
        with self._lock:
            release, self._release = self._release, None
        if release is not None:
            release()

    def __enter__(self) -> MemoryTracker:
        self.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def baseline(self, label: str = "baseline") -> Optional[Snapshot]:
        """The snapshot that `compare_to_baseline` starts from. None when it failed; the former one stays then."""
        self.start()
        if tracing.epoch() is None:  # somebody stopped the tracing; asking for a new baseline starts over
            with self._lock:
                release, self._release = self._release, None
            if release is not None:
                release()
            self.start()
        snapshot = self._take(label)
        if snapshot is not None:
            self._baseline = snapshot
        return snapshot

    def snapshot(self, label: Optional[str] = None) -> Optional[Snapshot]:
        """One more snapshot, kept among the last `keep`; without a label it is `#1`, `#2`, ... None when it failed."""
        self.start()
        with self._lock:
            snapshot = self._take("#%d" % (self._taken + 1) if label is None else label)
            if snapshot is not None:
                self._taken += 1
                self._snapshots.append(snapshot)
            return snapshot

    def compare_to_baseline(self, by: str = "line", threshold_kib: Optional[float] = None) -> Optional[Comparison]:
        """From the baseline to a new snapshot of now, which is not kept. None when that failed.

        `by` is "line" or "stack". Raises LookupError when there is no baseline.
        """
        if self._baseline is None:
            raise LookupError("there is no baseline; call baseline() first")
        now = self._take("now")
        try:
            return None if now is None else self.compare(self._baseline, now, by, threshold_kib)
        except MemoryError:
            self._note("HEAPTRAIL_SNAPSHOT_FAILED", "memory ran out while two snapshots were compared")
            return None

    def compare(
        self, before: WhichSnapshot, after: WhichSnapshot, by: str = "line", threshold_kib: Optional[float] = None,
    ) -> Comparison:
        """Between two snapshots, named by label (the latest of that name), by position (0 first, -1 last) or as such.

        Raises LookupError for one that is not kept, and ValueError for a `by` that is neither "line" nor "stack".
        """
        if by not in ("line", "stack"):
            raise ValueError("by must be 'line' or 'stack', not %r" % (by,))
        threshold = self.threshold_bytes if threshold_kib is None else int(threshold_kib * 1024)
        return Comparison(self._find(before), self._find(after), by, threshold)

    def sequence(self, by: str = "line", threshold_kib: Optional[float] = None) -> List[Comparison]:
        """The comparison of each kept snapshot with the one before it, in order; the baseline comes first of all."""
        kept = self.snapshots()
        if self._baseline is not None and self._baseline not in kept:
            kept.insert(0, self._baseline)
        return [self.compare(one, next_one, by, threshold_kib) for one, next_one in zip(kept, kept[1:])]

    def watch_growth(
        self, interval: float, on_growth: Callable[[Comparison], Any], *, by: str = "line",
        threshold_kib: Optional[float] = None,
    ) -> GrowthWatch:
        """Takes a snapshot each `interval` seconds, in a thread, and calls `on_growth` with what grew by the threshold or more.

        Each growth is told once: after a call the snapshot told of is the one to compare with. A slow growth is told
        when it has come to the threshold. What `on_growth` raises becomes an event and stops nothing.
        """
        watch = GrowthWatch(self, interval, on_growth, by, threshold_kib, self._watches)
        self.start()
        watch.start()
        return watch

    def snapshots(self) -> List[Snapshot]:
        """The kept snapshots, oldest first, without the baseline."""
        with self._lock:
            return list(self._snapshots)

    @property
    def events(self) -> List[TrackerEvent]:
        """What could not be done, oldest first; the last 100."""
        return list(self._events)

    def as_dict(self, by: str = "line") -> Dict[str, Any]:
        """The sequence of differences and the events, as plain data for JSON."""
        return {
            "comparisons": [comparison.as_dict() for comparison in self.sequence(by)],
            "events": [event.as_dict() for event in self.events],
        }

    def _take(self, label: str) -> Optional[Snapshot]:
        if not isinstance(label, str):
            raise TypeError("a label must be a str")
        try:
            epoch = tracing.epoch()
            if epoch is None:
                self._note("HEAPTRAIL_TRACING_LOST", "tracing was stopped by somebody else; baseline() starts it again")
                return None
            return take_snapshot(str.__str__(label), epoch)
        except MemoryError:
            self._note("HEAPTRAIL_SNAPSHOT_FAILED", "memory ran out while a snapshot was taken; there is none of this moment")
            return None

    def _note(self, code: str, text: str) -> None:
        try:
            self._events.append(tracker_event(code, text))
        except MemoryError:
            pass  # the None that the caller gets still tells

    def _find(self, which: WhichSnapshot) -> Snapshot:
        if isinstance(which, Snapshot):
            return which
        kept = self.snapshots()
        if isinstance(which, int):
            if -len(kept) <= which < len(kept):
                return kept[which]
            raise LookupError("there is no snapshot %d: %d are kept" % (which, len(kept)))
        named = [one for one in ([self._baseline] if self._baseline else []) + kept if one.label == which]
        if not named:
            raise LookupError("no snapshot named %r is kept; there are %s" % (which, ", ".join(one.label for one in kept) or "none"))
        return named[-1]


_trackers: "weakref.WeakSet[MemoryTracker]" = weakref.WeakSet()


def _in_child() -> None:
    for tracker in list(_trackers):
        tracker._lock = threading.RLock()  # a thread that did not come along may have held it


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
