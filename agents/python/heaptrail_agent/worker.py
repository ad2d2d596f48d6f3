"""The agent's thread: raw, unnamed, deaf to signals, and able to vanish before a fork."""

import os
import time

import _thread

from . import signals
from .late_start import LateStart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, List, Optional


class Worker:
    """A thread that `threading` does not know of, so that it changes no list, no main thread and no exit.

    `body` is called once in the thread; it must return soon after `stopping` is true and waits only in `wait`.
    """

    __slots__ = ("_body", "_wake", "_over", "ident", "_native_id", "_late", "stopping", "running")

    def __init__(self, body: "Callable[[], None]") -> None:
        self._body = body
        self.stopping = False
        self.running = False
        self._late: "Optional[LateStart]" = None
        self.ident = 0
        self._native_id = 0
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
            _thread.start_new_thread(self._run, (begun, self._over))
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

    def wait(self, seconds: float) -> None:
        """Sleeps in the thread until `seconds` are over or somebody calls `wake`."""
        self._wake.acquire(True, seconds)

    def _prepare(self) -> None:
        self._wake = _thread.allocate_lock()
        self._wake.acquire()
        self._over = _thread.allocate_lock()
        self._over.acquire()
        self.stopping = False

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
        except BaseException:
            return
        self._run(begun, self._over)

    def _run(self, begun: "_thread.LockType", over: "_thread.LockType") -> None:
        try:
            self.ident = _thread.get_ident()
            self._native_id = _thread.get_native_id()
            begun.release()
            self._body()
        except BaseException:
            pass  # nothing may reach sys.unraisablehook
        if over is self._over:
            self.running = False
        over.release()
