"""The figures of each second: numbers that the interpreter has ready."""

import gc
import sys
import time

import _thread
import _tracemalloc

from . import registries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List

    from .gc_pauses import GcPauseClock


class Sampler:
    """Makes `sample` frames without what belongs to the agent (`agentCpuMs`, `intervalMs`, `dropped`)."""

    __slots__ = ("_pauses", "_foreign_threads")

    def __init__(self, pauses: "GcPauseClock") -> None:
        self._pauses = pauses
        # After a fork CPython still counts the threads that the child has not; nobody else corrects that.
        self._foreign_threads = 0

    def forget_threads(self) -> None:
        """Called in a forked child before the agent's thread runs: all threads counted now are the parent's."""
        self._foreign_threads = _thread._count()

    def frame(self) -> "Dict[str, object]":
        """The figures of now."""
        collections: "List[int]" = []
        collected = uncollectable = 0
        for generation in gc.get_stats():
            collections.append(generation["collections"])
            collected += generation["collected"]
            uncollectable += generation["uncollectable"]
        pauses, pause_ms, longest_ms = self._pauses.take()
        finalizers = registries.finalizers()
        tasks = registries.tasks()
        tracing = _tracemalloc.is_tracing()
        return {
            "t": "sample",
            "atMs": round(time.time() * 1000, 3),
            "blocks": sys.getallocatedblocks(),
            "modules": len(sys.modules),
            # One for the main thread, which is not counted, less one for the agent's, which is.
            "threads": max(1, _thread._count() - self._foreign_threads),
            "tasks": None if tasks is None else sum(map(len, tasks)),
            "finalizers": None if finalizers is None else len(finalizers),
            "garbage": len(gc.garbage),
            "gcCollections": collections,
            "gcCollected": collected,
            "gcUncollectable": uncollectable,
            "gcPauses": pauses,
            "gcPauseMs": round(pause_ms, 3),
            "gcMaxPauseMs": round(longest_ms, 3),
            "tracing": tracing,
            "tracedBytes": _tracemalloc.get_traced_memory()[0] if tracing else None,
            "tracingBytes": _tracemalloc.get_tracemalloc_memory() if tracing else None,
        }
