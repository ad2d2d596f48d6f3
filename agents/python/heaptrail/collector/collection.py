"""One collection, and what it brought."""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import Any, Dict, NamedTuple, Optional


class Collection(NamedTuple):
    """Measured around one gc.collect(): the pause, the objects it collected, and what memory did.

    `blocks_freed` are blocks of Python's allocator, `rss_change_bytes` is what the process has more (None without
    /proc). Both are of the whole process: other threads count, too.
    """

    generation: int
    pause_ms: float
    collected: int
    blocks_freed: int
    rss_change_bytes: Optional[int]

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return self._asdict()


class CollectionSums:
    """Many collections added up."""

    def __init__(self) -> None:
        self.collections = self.collected = self.blocks_freed = 0
        self.total_ms = self.longest_ms = 0.0
        self.rss_change_bytes: Optional[int] = None

    def add(self, one: Collection) -> None:
        """One more."""
        self.collections += 1
        self.collected += one.collected
        self.blocks_freed += one.blocks_freed
        self.total_ms += one.pause_ms
        self.longest_ms = max(self.longest_ms, one.pause_ms)
        if one.rss_change_bytes is not None:
            self.rss_change_bytes = (self.rss_change_bytes or 0) + one.rss_change_bytes

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return dict(vars(self))

    def __str__(self) -> str:
        if not self.collections:
            return "no collection yet"
        return "%d collections, %d objects collected, %d blocks freed, %.1f ms in all, longest %.1f ms%s" % (
            self.collections, self.collected, self.blocks_freed, self.total_ms, self.longest_ms,
            "" if self.rss_change_bytes is None else ", memory %+.1f MiB" % (self.rss_change_bytes / 1048576))


def collect(generation: int = 2) -> Collection:
    """Collects, and measures it. The program's finalizers run in this thread; what they raise is printed as ever."""
    blocks, rss = _blocks(), _rss_bytes()
    started = time.perf_counter()
    # PyPy knows major collections only, and answers None.
    collected = (gc.collect(generation) if sys.implementation.name == "cpython" else gc.collect()) or 0
    pause_ms = (time.perf_counter() - started) * 1000
    rss_after = _rss_bytes()
    return Collection(
        generation, pause_ms, collected, max(0, blocks - _blocks()),
        None if rss is None or rss_after is None else rss_after - rss)


def _blocks() -> int:
    return sys.getallocatedblocks() if hasattr(sys, "getallocatedblocks") else 0


def _rss_bytes() -> Optional[int]:
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
