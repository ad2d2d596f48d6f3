"""A descriptor that stays out of the program's way."""

import fcntl
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional, Tuple

# The lowest free number at or above the first floor that the limit of open files allows. Programs count on small
# numbers being given out in order; nobody counts on these.
_FLOORS = (4066, 2018, 1000, 490, 230, 100, 50, 24, 12)


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


def lift(low: int) -> "Optional[HighDescriptor]":
    """Duplicates `low` to a high number, closed on exec, or None where the limit leaves no room. `low` stays open."""
    for floor in _FLOORS:
        try:
            return HighDescriptor(fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, floor))
        except OSError:
            continue
    return None


def _identity_of(number: int) -> "Optional[Tuple[int, int]]":
    try:
        found = os.fstat(number)
    except OSError:
        return None
    return found.st_dev, found.st_ino
