"""tracemalloc, switched on and off for the host, unless it is the program's own."""

import _tracemalloc

from .locked_tracing import start_under_lock, stop_under_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional, Tuple


class Tracing:
    """Remembers whose tracing it is. The C module is enough; `tracemalloc` itself would load much more."""

    __slots__ = ("_ours",)

    def __init__(self) -> None:
        self._ours = False

    def is_foreign(self) -> bool:
        """True while the program itself traces."""
        return _tracemalloc.is_tracing() and not self._ours

    def switch(self, on: bool, frames: int) -> "Optional[Tuple[str, str]]":
        """Starts or stops a tracing of our own; a code and a sentence when it cannot be."""
        if self.is_foreign():
            text = "the program traces its allocations itself; its tracing is left as it is"
            return "HEAPTRAIL_TRACING_FOREIGN", text
        if on and not _tracemalloc.is_tracing():
            if not start_under_lock(min(64, max(1, frames))):
                text = "allocations are not traced: without ctypes, or with debug allocators (-X dev), it might harm the program"
                return "HEAPTRAIL_TRACING_UNAVAILABLE", text
            self._ours = True
        elif not on and self._ours:
            self.end()
        return None

    def end(self) -> None:
        """Stops the tracing if it is ours; the program may have stopped it before."""
        if self._ours and _tracemalloc.is_tracing():
            stop_under_lock()
        self._ours = False
