"""One tracemalloc for all: started when the first of us needs it, stopped after the last, and only if it was ours.

tracemalloc has one state for the process and keeps no count of who started it. So this module counts its own users,
and treats the tracing as somebody else's when it ran before us, when `tracemalloc.start` was called while ours ran
(CPython ignores such a call; its caller relies on the tracing all the same), or when our mark is gone.

The mark is an object allocated while we trace. It has a traceback as long as this tracing lives; after a `stop`, a
`stop` and `start`, or a `clear_traces`, it has none. So traces of two tracings are never compared unnoticed.

Ours leaves out the raw domain (heaptrail_agent/locked_tracing.py says why): a forked child cannot hang on it, and its
end cannot crash a program whose threads allocate there.
"""

from __future__ import annotations

import os
import threading
from typing import Any, Optional

from .unavailable import TracingUnavailableError

try:
    import _tracemalloc
    import tracemalloc

    from heaptrail_agent.locked_tracing import is_marked, start_under_lock, start_whole, stop_under_lock
except ImportError:  # PyPy
    _has_tracemalloc = False
else:
    _has_tracemalloc = True

MOST_FRAMES = 64


class SharedTracing:
    """The state of the one tracing. There is a single instance, `tracing`, because tracemalloc has a single state."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._users = 0
        self._ours = False
        self._mark: Optional[object] = None
        self._original_start: Any = None
        self._guard: Any = None
        self._epoch = 0
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._in_child)

    def acquire(self, frames: int) -> None:
        """One more user. Starts tracing with `frames` frames a block (1 to 64) where nothing traces yet.

        A tracing that runs already keeps its own number of frames. Raises TracingUnavailableError, and MemoryError
        when tracing cannot be started; nothing has changed then.
        """
        if not _has_tracemalloc:
            raise TracingUnavailableError()
        with self._lock:
            if not _tracemalloc.is_tracing():
                self._forget()
                self._start(min(MOST_FRAMES, max(1, frames)))
            self._users += 1
            self.epoch()

    def release(self) -> None:
        """One user less. The last one stops the tracing if it is known to be ours."""
        with self._lock:
            self._users = max(0, self._users - 1)
            if self._users > 0:
                return
            if self._ours:
                stop_under_lock(self._mark)
            self._forget()

    def epoch(self) -> Optional[int]:
        """A number that stays the same as long as traces are comparable; None while nothing is traced."""
        with self._lock:
            if not _has_tracemalloc or not _tracemalloc.is_tracing():
                self._forget()
                return None
            if not self._is_marked():
                # Ours has ended or was emptied, and somebody else did it: what runs now is not ours to stop.
                if self._mark is not None:
                    self._forget()
                self._mark = object()
                self._epoch += 1
            return self._epoch

    @property
    def is_ours(self) -> bool:
        """True while tracing runs that will be stopped with its last user."""
        with self._lock:
            return self._ours and self._is_marked()

    def _is_marked(self) -> bool:
        return _has_tracemalloc and is_marked(self._mark)

    def _start(self, frames: int) -> None:
        """Ours, unless another thread starts one meanwhile: `tracemalloc.start` is watched from before on."""
        self._ours = True
        self._watch_start()
        begun = False
        try:
            begun = start_under_lock(frames) or start_whole(frames)
        finally:
            if not begun:
                self._forget()

    def _forget(self) -> None:
        self._ours = False
        self._mark = None
        if self._guard is not None and tracemalloc.start is self._guard:
            setattr(tracemalloc, "start", self._original_start)
        self._guard = self._original_start = None

    def _watch_start(self) -> None:
        """While ours runs, a call of `tracemalloc.start` is noted: its caller would lose the tracing with us."""
        original = self._original_start = tracemalloc.start

        def start(nframe: int = 1, /) -> None:
            with self._lock:  # not while ours ends
                original(nframe)
                self._ours = False

        self._guard = start
        setattr(tracemalloc, "start", start)

    def _in_child(self) -> None:
        self._lock = threading.RLock()  # another thread of the parent may have held it


tracing = SharedTracing()
