"""`collect_when_idle`: collections while nobody waits for the program."""

from __future__ import annotations

import gc
import sys
import time
from typing import Any, Callable, Dict, Optional

from ..background import Background
from .collection import CollectionSums, collect
from .idle_loop import IdleLoop

_OLDEST = 2


class IdleCollector:
    """A running collector, as `collect_when_idle` gives it; `stop()` it, or use it in a `with`.

    `effect` adds up its collections, `checks` counts the looks, `failures` those at which the predicate raised.
    """

    def __init__(
        self, interval_seconds: float, most_pause_ms: Optional[float], most_share: float, least_new_objects: int,
    ) -> None:
        self.effect = CollectionSums()
        self.checks = self.failures = 0
        self._interval_seconds = interval_seconds
        self._most_pause_ms, self._most_share, self._least_new_objects = most_pause_ms, most_share, least_new_objects
        self._last_pause_ms: Dict[int, float] = {}
        self._not_before = 0.0
        self._stop: Optional[Callable[[], Any]] = None
        self._is_running: Callable[[], bool] = bool

    @property
    def running(self) -> bool:
        """False after `stop`, when the loop is closed, and in a forked child."""
        return self._is_running()

    def stop(self) -> None:
        """Ends it; may be repeated. Collections go on as they would without it."""
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()

    def __enter__(self) -> IdleCollector:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    def wants(self) -> bool:
        """Whether a collection would be worth it now: something is new, and the last ones did not take too much."""
        if time.monotonic() < self._not_before:
            return False
        if not hasattr(gc, "get_count"):
            return True
        young, *older = gc.get_count()
        return young >= self._least_new_objects or any(older)

    def collect(self) -> None:
        """Collects the oldest generation whose last pause was short enough."""
        generation = self._generation()
        if generation is None:
            return
        one = collect(generation)
        self.effect.add(one)
        self._last_pause_ms[generation] = one.pause_ms
        self._not_before = time.monotonic() + one.pause_ms / 1000 / self._most_share

    def _generation(self) -> Optional[int]:
        for generation in range(_OLDEST, -1, -1):
            if self._most_pause_ms is None or self._last_pause_ms.get(generation, 0.0) <= self._most_pause_ms:
                return generation
        return None

    def run_in_thread(self, is_idle: Callable[[], Any]) -> None:
        """Asks the predicate each interval."""

        def look() -> None:
            self.checks += 1
            if not self.wants():
                return
            try:
                idle = bool(is_idle())
            except BaseException:
                self.failures += 1
                return
            if idle:
                self.collect()

        thread = Background(look, self._interval_seconds)
        thread.start()
        self._stop, self._is_running = lambda: thread.stop(5.0), lambda: thread.running

    def run_in_loop(self, loop: Any) -> None:
        """Asks the loop each interval."""
        watch = IdleLoop(loop, self, self._interval_seconds)
        watch.start()
        self._stop, self._is_running = watch.stop, lambda: watch.running


def collect_when_idle(
    idle: Optional[Callable[[], Any]] = None, *, interval_seconds: float = 0.25, most_pause_ms: Optional[float] = None,
    most_share: float = 0.05, least_new_objects: int = 500,
) -> IdleCollector:
    """Runs the cyclic collector while the program has nothing else to do.

        async def main():
            with heaptrail.collect_when_idle():
                await serve()

        heaptrail.collect_when_idle(lambda: queue.empty())

    In a coroutine, without `idle`, the running asyncio loop is watched (any loop with asyncio's interface): it is idle
    when several turns in a row took no time. With `idle`, a thread asks that function; what it raises counts as "no".
    There the program's finalizers run in heaptrail's thread.

    `interval_seconds`   between two looks
    `most_pause_ms`      a generation whose last collection took longer is left to the automatic collector
    `most_share`         of the time that may go into these collections; after a long one it waits
    `least_new_objects`  fewer since the last collection are not worth one

    The automatic collector stays as it is. It has less to do, because each collection starts its counts anew.
    """
    for name, value in (("interval_seconds", interval_seconds), ("most_share", most_share)):
        if not value > 0:
            raise ValueError("%s must be above zero, not %r" % (name, value))
    collector = IdleCollector(interval_seconds, most_pause_ms, most_share, least_new_objects)
    if idle is not None:
        collector.run_in_thread(idle)
        return collector
    asyncio = sys.modules.get("asyncio")
    loop = None if asyncio is None else asyncio._get_running_loop()
    if loop is None:
        raise RuntimeError("no asyncio loop runs here: call collect_when_idle() in a coroutine, or give it a function that says when it is idle")
    collector.run_in_loop(loop)
    return collector
