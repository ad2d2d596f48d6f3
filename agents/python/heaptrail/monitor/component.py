"""One component of a program, as a memory monitor knows it."""

from __future__ import annotations

import time
from typing import Optional

OK, NEAR, OVER, UNKNOWN = "ok", "near", "over", "unknown"


class Threshold:
    """A limit, absolute or relative to a baseline. `told` while its callbacks know that it is passed."""

    def __init__(self, limit_bytes: Optional[int], limit_ratio: Optional[float], near_ratio: float) -> None:
        if limit_bytes is not None and not limit_bytes > 0:
            raise ValueError("limit_bytes must be above 0, not %r" % (limit_bytes,))
        if limit_ratio is not None and not limit_ratio > 0:
            raise ValueError("limit_ratio must be above 0, not %r" % (limit_ratio,))
        self.limit_bytes, self.limit_ratio, self.near_ratio = limit_bytes, limit_ratio, near_ratio
        self.told = False

    def limit(self, baseline_bytes: Optional[int]) -> Optional[int]:
        """The lower of both limits in bytes; None where there is none (or no baseline for it yet)."""
        limits = [] if self.limit_bytes is None else [self.limit_bytes]
        if self.limit_ratio is not None and baseline_bytes:
            limits.append(int(self.limit_ratio * baseline_bytes))
        return min(limits) if limits else None

    def status(self, size_bytes: int, baseline_bytes: Optional[int]) -> str:
        """`ok`, `near` (from `near_ratio` of the limit on) or `over`."""
        limit = self.limit(baseline_bytes)
        if limit is None or size_bytes < self.near_ratio * limit:
            return OK
        return OVER if size_bytes > limit else NEAR

    def crossed(self, size_bytes: int, baseline_bytes: Optional[int]) -> Optional[str]:
        """`over` when the limit is newly passed, `ok` when the size is well below it again (not near), else None."""
        status = self.status(size_bytes, baseline_bytes)
        if status == OVER and not self.told:
            self.told = True
            return OVER
        if status == OK and self.told:
            self.told = False
            return OK
        return None


class Component:
    """What a component has reported. The baseline is what was given, or the first report above 0."""

    def __init__(self, name: str, threshold: Threshold, baseline_bytes: Optional[int]) -> None:
        self.name, self.threshold, self.baseline_bytes = name, threshold, baseline_bytes
        self.size_bytes = self.peak_bytes = self.reports = 0
        self.reported_at: Optional[float] = None

    def report(self, size_bytes: int) -> None:
        """Its size of now."""
        self.size_bytes = size_bytes
        self.peak_bytes = max(self.peak_bytes, size_bytes)
        self.reports += 1
        self.reported_at = time.monotonic()
        if self.baseline_bytes is None and size_bytes > 0:
            self.baseline_bytes = size_bytes

    @property
    def status(self) -> str:
        """As of its threshold; `unknown` before its first report."""
        return UNKNOWN if self.reported_at is None else self.threshold.status(self.size_bytes, self.baseline_bytes)
