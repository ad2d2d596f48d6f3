"""What a leaking test fails with."""

from __future__ import annotations

from .verdict import Verdict


class LeakFound(AssertionError):
    """The test, or what `heaptrail.check` repeated, leaves something behind each time. `verdict` says what."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict
