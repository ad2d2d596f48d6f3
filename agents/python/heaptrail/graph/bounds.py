"""How long and how far a search may go."""

from __future__ import annotations

import time


class Bounds:
    """Ends a search after `seconds` or `nodes` objects, whichever comes first. `reason` is empty as long as it goes on."""

    def __init__(self, seconds: float, nodes: int) -> None:
        self.seconds, self.nodes = seconds, nodes
        self.begun = time.monotonic()
        self.reason = ""

    def ended(self, nodes: int) -> bool:
        """True, with `reason`, once a bound is passed."""
        if nodes > self.nodes:
            self.reason = "the search was cut after %d objects" % nodes
        elif self.elapsed > self.seconds:
            self.reason = "the search was cut after %.1f s and %d objects" % (self.elapsed, nodes)
        return bool(self.reason)

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.begun
