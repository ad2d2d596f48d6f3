"""Finds the moments when an asyncio loop has nothing to do, with its public functions only.

From time to time it passes a callback around: `call_soon` runs it in the next turn of the loop, after a look at all
sockets that does not wait. In an idle loop a turn takes tens of microseconds; when anything else runs, more.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .idle import IdleCollector

_QUIET_TURNS = 4
# A turn is quiet when it takes no more than a few times the shortest ever seen.
_FACTOR, _SLACK_SECONDS = 3.0, 0.0001


class IdleLoop:
    """Watches one loop; all but `running` belongs to the loop's thread."""

    def __init__(self, loop: Any, collector: IdleCollector, interval_seconds: float) -> None:
        self._loop, self._collector, self._interval_seconds = loop, collector, interval_seconds
        self._pid = os.getpid()
        self._handle: Any = None
        self._shortest = float("inf")
        self._turn_started = 0.0
        self._quiet_turns = 0

    @property
    def running(self) -> bool:
        """Whether it still looks."""
        return self._handle is not None and not self._loop.is_closed() and os.getpid() == self._pid

    def start(self) -> None:
        """The first look is after an interval."""
        self._handle = self._loop.call_later(self._interval_seconds, self._look)

    def stop(self) -> None:
        """Cancels what the loop still has of it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.cancel()

    def _look(self) -> None:
        self._collector.checks += 1
        if not self._collector.wants():
            self.start()
            return
        self._quiet_turns = 0
        self._next_turn()

    def _next_turn(self) -> None:
        self._turn_started = time.perf_counter()
        self._handle = self._loop.call_soon(self._turned)

    def _turned(self) -> None:
        took = time.perf_counter() - self._turn_started
        is_quiet = took <= self._shortest * _FACTOR + _SLACK_SECONDS
        self._shortest = min(self._shortest, took)
        self._quiet_turns += 1
        if not is_quiet:
            self.start()
        elif self._quiet_turns < _QUIET_TURNS:
            self._next_turn()
        else:
            self._collector.collect()
            self.start()
