"""A descriptor that stays out of the program's way."""

import fcntl
import os
import resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional, Tuple

# The lowest free number at or above the first floor that the limit of open files allows. Programs count on small
# numbers being given out in order; nobody counts on these.
_FLOORS = (4066, 2018, 1000, 490, 230, 100, 50, 24, 12)
_HIGHEST = 32768
_ROOM = 32


class HighDescriptor:
    """A number together with what it stood for: a program may close it or put a file of its own in its place."""

    __slots__ = ("number", "_identity")

    def __init__(self, number: int) -> None:
        self.number = number
        self._identity = _identity_of(number)

    def is_ours(self) -> bool:
        """True while the number still stands for the same open file; asked before every use."""
        return self._identity is not None and _identity_of(self.number) == self._identity

    def close(self) -> None:
        """Closes the descriptor if it is still ours."""
        if self.is_ours():
            os.close(self.number)
        self._identity = None


def lift(low: int, alone: bool) -> "Optional[HighDescriptor]":
    """Duplicates `low` to a high number, closed on exec, or None where the limit leaves no room. `low` stays open.

    When the caller is `alone` (no other thread can open files now) the number is one above the soft limit, which
    the program can neither be given nor reaches when it closes or lists everything.
    """
    if alone:
        found = _above_the_limit(low)
        if found is not None:
            return found
    for floor in _FLOORS:
        try:
            return HighDescriptor(fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, floor))
        except OSError:
            continue
    return None


def _above_the_limit(low: int) -> "Optional[HighDescriptor]":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    floor = max(soft, _FLOORS[0])
    # The kernel's table grows with the highest number: 8 bytes for each.
    if not 0 < soft <= _HIGHEST:
        return None
    # Raising the hard limit needs privilege; without it, and with equal limits, there is nothing above.
    enough = hard if hard == resource.RLIM_INFINITY else max(hard, floor + _ROOM)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (floor + _ROOM, enough))
        try:
            return HighDescriptor(fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, floor))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    except (OSError, ValueError):
        return None


def _identity_of(number: int) -> "Optional[Tuple[int, int]]":
    try:
        found = os.fstat(number)
    except OSError:
        return None
    return found.st_dev, found.st_ino
