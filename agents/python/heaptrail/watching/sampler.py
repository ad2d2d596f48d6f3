"""Which instances of a tracked class are noted when there are too many for all."""

from __future__ import annotations

import time
from itertools import count
from typing import Callable

_BLOCK = 512
_WINDOW_SECONDS = 0.1
_MULTIPLIER, _INCREMENT, _MASK = 6364136223846793005, 1442695040888963407, (1 << 64) - 1


class Sampler:
    """All of them up to `rate` per second, above it one of `stride` at random distances, each standing for `stride`.

    `following` gives the number of the next instance. Those below `all_until` are noted; `weigh` says of the others. The
    pace is measured after each 512 instances while all are noted, and else ten times a second.
    """

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.following: Callable[[], int] = count().__next__
        self.all_until = _BLOCK
        self.skipped = 0
        self._stride = 1
        self._next_noted = 0
        self._begin, self._begun = 0, time.monotonic()
        self._chance = 0x9E3779B97F4A7C15

    def weigh(self, number: int) -> int:
        """How many instances number `number` stands for; 0 when it is not noted."""
        now = time.monotonic()
        if self._stride == 1 or now >= self._begun + _WINDOW_SECONDS:
            self._measure(number, now)
        if number < self._next_noted:
            self.skipped += 1
            return 0
        self._next_noted = number + self._gap()
        return self._stride

    def _measure(self, number: int, now: float) -> None:
        elapsed = now - self._begun
        pace = (number - self._begin) / max(elapsed, 1e-9)
        # After a pause the pace of what came before it tells nothing.
        stride = max(1, int(-(-pace // self.rate))) if self._stride == 1 or elapsed < 2 * _WINDOW_SECONDS else 1
        if stride == 1:
            self.all_until = number + _BLOCK
            self._next_noted = number
        self._stride, self._begin, self._begun = stride, number, now

    def _gap(self) -> int:
        """From 1 to 2 * stride - 1, the stride on average: a pattern in the program cannot fall in step with it."""
        self._chance = (self._chance * _MULTIPLIER + _INCREMENT) & _MASK
        return 1 + (self._chance >> 33) % (2 * self._stride - 1)
