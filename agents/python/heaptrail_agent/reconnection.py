"""When the program has closed the agent's descriptor: whether, and when, to connect once more."""

import os
import time

_MOST = 5
_QUIET_SECONDS = 1.0


class Reconnection:
    """Counts the attempts and waits for a calm moment.

    A socket is born with the lowest free number. A daemon that has just closed everything is about to open its new
    standard streams and must get those numbers, so nothing is opened while one of them is free, nor soon after.
    """

    __slots__ = ("count", "_displaced_at")

    def __init__(self) -> None:
        self.count = 0
        self._displaced_at = 0.0

    def is_possible(self) -> bool:
        """False when the program has closed the descriptor often enough to mean it."""
        return self.count < _MOST

    def is_due(self) -> bool:
        """True once a second has passed since the first call and the standard streams are open."""
        now = time.monotonic()
        if self._displaced_at == 0.0:
            self._displaced_at = now
        if now - self._displaced_at < _QUIET_SECONDS:
            return False
        try:
            for number in (0, 1, 2):
                os.fstat(number)
        except OSError:
            return False
        self._displaced_at = 0.0
        self.count += 1
        return True
