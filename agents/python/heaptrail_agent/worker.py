"""The agent's thread: raw, unnamed, deaf to signals, and able to vanish before a fork."""

import os
import time
from itertools import chain, repeat

import _thread

from . import signals
from .c_parts import deque, partial
from .late_start import LateStart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, List, Optional

# The first turn comes a little later, so that a program that looks at its threads first thing sees its own.
_FIRST_WAIT_SECONDS = 0.02


class Worker:
    """A thread that `threading` does not know of, so that it changes no list, no main thread and no exit.

    Its loop consists of C functions, with one Python call a turn:

        deque(map(_turn, map(wake.acquire, repeat(True), waits)), 0)

    so that while it waits it has no frame: sys._current_frames() and what builds on it do not see it. `_turn` ends
    the loop by StopIteration. `body` does one turn and says how many seconds to wait; once `stopping` is true,
    `farewell` is called instead, and the thread ends.
    """

    __slots__ = (
        "_body", "_farewell", "_wake", "_over", "_wait_seconds", "ident", "_native_id", "_late", "stopping", "running"
    )  # fmt: skip

    def __init__(self, body: "Callable[[], float]", farewell: "Callable[[], None]") -> None:
        self._body = body
        self._farewell = farewell
        self.stopping = False
        self.running = False
        self._late: "Optional[LateStart]" = None
        self.ident = 0
        self._native_id = 0
        self._wait_seconds = _FIRST_WAIT_SECONDS
        self._wake = _thread.allocate_lock()
        self._over = _thread.allocate_lock()

    def start(self) -> "List[int]":
        """Starts the thread with all signals blocked and returns once it runs; gives the signals it kept waiting."""
        self._prepare()
        begun = _thread.allocate_lock()
        begun.acquire()
        self.running = True
        late: "List[int]" = []
        mask = signals.hold(late)
        try:
            _thread.start_new_thread(self._loop(begun), ())
            # Programs compare _thread._count() before and after: it must not change a moment later.
            begun.acquire(True, 0.1)
        except BaseException:
            self.running = False
        signals.restore(mask, late)
        return late

    def start_late(self) -> None:
        """Starts the thread at the next collection; for the rare case when it must not be there yet."""
        self._prepare()
        self._late = LateStart(self._run_late)

    def hasten(self) -> None:
        """Ends the wait for the next collection: somebody needs the thread now."""
        if self._late is not None:
            self._late.cancel()
            self._late = None
            self.start()

    def stop(self, seconds: float) -> bool:
        """Asks the thread to end and waits until the kernel has forgotten it, at most `seconds`."""
        self.stopping = True
        if self._late is not None:
            self._late.cancel()
            self._late = None
        self.wake()
        if not self.running:
            return True
        if self.is_current():
            return False
        deadline = time.monotonic() + seconds
        if not self._over.acquire(True, seconds):
            return False
        self._over.release()
        task = "/proc/self/task/%d" % self._native_id
        while time.monotonic() < deadline:
            try:
                os.stat(task)
            except OSError:
                return True
            time.sleep(0.00005)
        return False

    def leave(self, seconds: float) -> None:
        """At exit: like `stop`, with signals held, and without their being delivered again.

        A thread that still waits for its late start is started now, to say goodbye.
        """
        mask = signals.hold([])
        try:
            if self._late is not None:
                self.stop(0)
                self.start()
            self.stop(seconds)
        except BaseException:
            pass
        signals.restore(mask, [])

    def is_current(self) -> bool:
        """Whether the caller is the agent's thread (a collection may run the program's finalizers there)."""
        return self.running and _thread.get_ident() == self.ident

    def wake(self) -> None:
        """Ends the thread's present wait, or its next one."""
        try:
            self._wake.release()
        except RuntimeError:
            pass  # already awake

    def _prepare(self) -> None:
        self._wake = _thread.allocate_lock()
        self._wake.acquire()
        self._over = _thread.allocate_lock()
        self._over.acquire()
        self._wait_seconds = _FIRST_WAIT_SECONDS
        self.ident = self._native_id = 0
        self.stopping = False

    def _loop(self, begun: "_thread.LockType") -> "Callable[[], object]":
        waits = iter(partial(getattr, self, "_wait_seconds"), None)
        turns = map(partial(self._turn, self._over), map(self._wake.acquire, repeat(True), waits))
        # Releasing gives None, which ends that iterator after its one call.
        return partial(deque, chain(iter(begun.release, None), turns), 0)

    def _run_late(self) -> None:
        try:
            signals.hold([])
            late, self._late = self._late, None
            if late is None:
                return  # stopped, or started otherwise, before the collection's thread came to run
            late.cancel()
            self.running = True
            begun = _thread.allocate_lock()
            begun.acquire()
            self._loop(begun)()
        except BaseException:
            pass  # nothing may reach sys.unraisablehook

    def _turn(self, over: "_thread.LockType", _: bool) -> None:
        try:
            if self._native_id == 0:
                self.ident = _thread.get_ident()
                self._native_id = _thread.get_native_id()
            if not self.stopping:
                self._wait_seconds = self._body()
                return
            self._farewell()
        except BaseException:
            pass
        if over is self._over:
            self.running = False
        over.release()
        raise StopIteration
