"""gc.freeze at the end of the program's start.

Nothing says when that is. Taken for it: no module has been loaded for a quarter of a second, or ten seconds are over,
or the process forks (servers freeze just before they do). A thread looks; it is gone before a fork and after the freeze.
No collection goes before the freeze, so that the program's finalizers stay in its own threads.
"""

import gc
import os
import sys
import time

import _thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from typing import Optional
else:
    import _signal as signal

# A fault must reach the thread that caused it.
_FAULTS = {getattr(signal, name) for name in ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT") if hasattr(signal, name)}
_LOOK_SECONDS = 0.025
_QUIET_SECONDS = 0.25
_MOST_SECONDS = 10.0
_FORK_WAIT_SECONDS = 0.2
# Long, for a busy machine: microseconds are usual.
_GONE_SECONDS = 0.5


class FreezeAfterStart:
    """One freeze. `frozen_at` is its time (time.perf_counter), None before."""

    def __init__(self) -> None:
        self.frozen_at: "Optional[float]" = None
        self._wake = _thread.allocate_lock()
        self._ended = _thread.allocate_lock()
        self._is_over = False

    def begin(self) -> None:
        """Starts the thread."""
        self._wake.acquire()
        self._ended.acquire()
        _thread.start_new_thread(self._wait, ())

    def end(self, freeze: bool) -> None:
        """Ends the waiting; freezes now where that is wanted and not yet done."""
        if self._is_over:
            return
        self._is_over = True
        threads = _threads()
        self._wake.release()
        if self._ended.acquire(True, _FORK_WAIT_SECONDS):
            # CPython 3.12 and newer count the threads at a fork, and this one exists for some microseconds more. In these it
            # frees its state, which must not fall into the end of an interpreter with debug allocators (-X dev): CI saw
            # "munmap_chunk(): invalid pointer" once.
            until = time.perf_counter() + _GONE_SECONDS
            while _threads() >= threads > 1 and time.perf_counter() < until:
                time.sleep(0)
        if freeze:
            self._freeze()

    def _wait(self) -> None:
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals() - _FAULTS)
            if self._is_quiet():
                self._freeze()
                self._is_over = True
        except Exception:
            pass
        finally:
            self._ended.release()

    def _is_quiet(self) -> bool:
        """Waits; False when somebody else has ended the waiting."""
        started = last_change = time.perf_counter()
        modules = len(sys.modules)
        while not self._wake.acquire(True, _LOOK_SECONDS):
            now = time.perf_counter()
            if len(sys.modules) != modules:
                modules, last_change = len(sys.modules), now
            if now - last_change >= _QUIET_SECONDS or now - started >= _MOST_SECONDS:
                return True
        return False

    def _freeze(self) -> None:
        if self.frozen_at is None:
            gc.freeze()
            self.frozen_at = time.perf_counter()


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0
