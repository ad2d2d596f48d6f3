"""tracemalloc, switched on and off for the host, unless it is the program's own."""

import _tracemalloc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional


class Tracing:
    """Remembers whose tracing it is. The C module is enough; `tracemalloc` itself would load much more."""

    __slots__ = ("_ours",)

    def __init__(self) -> None:
        self._ours = False

    def is_foreign(self) -> bool:
        """True while the program itself traces."""
        return _tracemalloc.is_tracing() and not self._ours

    def switch(self, on: bool, frames: int) -> "Optional[str]":
        """Starts or stops a tracing of our own; a sentence when the program's is left alone."""
        if self.is_foreign():
            return "the program traces its allocations itself; its tracing is left as it is"
        if on and not _tracemalloc.is_tracing():
            _tracemalloc.start(min(64, max(1, frames)))
            self._ours = True
        elif not on and self._ours:
            self.end()
        return None

    def end(self) -> None:
        """Stops the tracing if it is ours; the program may have stopped it before."""
        if self._ours and _tracemalloc.is_tracing():
            _tracemalloc.stop()
        self._ours = False
