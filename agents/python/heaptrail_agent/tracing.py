"""tracemalloc, switched on and off for the host, unless it is the program's own."""

import _tracemalloc

from .locked_tracing import is_marked, start_under_lock, stop_under_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional, Tuple


class Tracing:
    """Remembers whose tracing it is. The C module is enough; `tracemalloc` itself would load much more.

    The mark is an object allocated while we trace. It has a traceback as long as this tracing lives: where the program has
    stopped it, begun another, or cleared its traces, the tracing is the program's.
    """

    __slots__ = ("_mark",)

    def __init__(self) -> None:
        self._mark: "Optional[object]" = None

    def is_foreign(self) -> bool:
        """True while the program itself traces."""
        return _tracemalloc.is_tracing() and not is_marked(self._mark)

    def switch(self, on: bool, frames: int) -> "Optional[Tuple[str, str]]":
        """Starts or stops a tracing of our own; a code and a sentence when it cannot be."""
        if on and not _tracemalloc.is_tracing():
            if start_under_lock(min(64, max(1, frames))):
                self._mark = object()
            elif not _tracemalloc.is_tracing():
                text = "allocations are not traced: without ctypes, or with debug allocators (-X dev), it might harm the program"
                return "HEAPTRAIL_TRACING_UNAVAILABLE", text
        elif not on:
            self.end()
        if self.is_foreign():
            text = "the program traces its allocations itself; its tracing is left as it is"
            return "HEAPTRAIL_TRACING_FOREIGN", text
        return None

    def end(self) -> None:
        """Stops the tracing if it is ours; the program may have stopped it before."""
        stop_under_lock(self._mark)
        self._mark = None
