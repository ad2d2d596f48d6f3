"""A thread of heaptrail's that the program does not notice.

`threading` does not list it, all signals are blocked in it (they belong to the program's threads), it is not there
while the process forks (CPython 3.12 and newer warn when a process with threads forks), not in the child, and ends
before the interpreter does.
"""

from __future__ import annotations

import _thread
import atexit
import os
import sys
import time
from typing import Any, Callable, List, Optional

fork_warning: Any
late_start: Any
signal: Any
try:
    from heaptrail_agent import fork_warning, late_start
    from heaptrail_agent.c_parts import signal
except ImportError:  # PyPy has no such modules, and no such warning
    import signal

    fork_warning = late_start = None

_FORK_WAIT_SECONDS = 0.2
_EXIT_WAIT_SECONDS = 1.0
_GONE_SECONDS = 0.02
# A fault must reach the thread that caused it.
_FAULTS = {"SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGTRAP", "SIGSYS", "SIGABRT"}


class Background:
    """Calls `step` every `interval_seconds`, from `start` to `stop`. What `step` raises is dropped: it must tell itself."""

    def __init__(self, step: Callable[[], None], interval_seconds: float) -> None:
        self._step, self._interval_seconds = step, interval_seconds
        self._ident: Optional[int] = None
        self._ending = False
        self._wake = self._ended = _thread.allocate_lock()
        self._late: Any = None
        self._interrupted = False

    @property
    def running(self) -> bool:
        """True from `start` to `stop`, also while a fork interrupts it."""
        return self in _running

    def start(self) -> None:
        """Starts the thread. Raises RuntimeError when the system has no room for one."""
        if not self.running:
            _register_once()
            self._begin()
            _running.append(self)

    def stop(self, timeout_seconds: float) -> bool:
        """Ends the thread and waits for it; from the thread itself it ends after this step. False when it is not over yet."""
        if self in _running:
            _running.remove(self)
        self._cancel_late()
        return self._end(timeout_seconds)

    def _cancel_late(self) -> None:
        late, self._late = self._late, None
        if late is not None:
            late.cancel()

    def _begin(self) -> None:
        self._ending = False
        self._wake, self._ended = _thread.allocate_lock(), _thread.allocate_lock()
        self._wake.acquire()
        self._ended.acquire()
        try:
            _thread.start_new_thread(self._run, (self._wake, self._ended))
        except RuntimeError:
            self._ended.release()
            raise

    def _run(self, wake: Any, ended: Any) -> None:
        try:
            self._ident = _thread.get_ident()
            _block_signals()
            while not wake.acquire(True, self._interval_seconds) and not self._ending and self._wake is wake:
                try:
                    self._step()
                except BaseException:
                    pass
        finally:
            if self._wake is wake:
                self._ident = None
            ended.release()

    def _end(self, timeout_seconds: float) -> bool:
        self._ending = True
        if self._wake.locked():
            try:
                self._wake.release()
            except RuntimeError:
                pass  # it woke by itself in between
        if self._ident == _thread.get_ident():
            return False
        if not self._ended.acquire(True, timeout_seconds):
            return False
        self._ended.release()
        return True

    def _interrupt(self) -> bool:
        self._interrupted = True
        self._cancel_late()
        return self._end(_FORK_WAIT_SECONDS)

    def _resume(self, caller: Any) -> None:
        """After a fork in the parent; at the next collection where a thread would bring the warning on."""
        if self not in _running or not self._interrupted:
            return
        self._interrupted = False
        try:
            if fork_warning is not None and fork_warning.would_show(caller):
                self._late = late_start.LateStart(self._begin_late)
            else:
                self._begin()
        except (RuntimeError, MemoryError):
            _running.remove(self)

    def _begin_late(self) -> None:
        self._cancel_late()
        if self in _running:
            self._begin()


_running: List[Background] = []
_registered = False


def _register_once() -> None:
    global _registered
    if not _registered:
        _registered = True
        atexit.register(_at_exit)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=_before_fork, after_in_parent=_in_parent, after_in_child=_in_child)


def _at_exit() -> None:
    for background in _running[:]:
        background.stop(_EXIT_WAIT_SECONDS)


def _before_fork() -> None:
    if not _running:
        return
    threads = _system_threads()
    ended = sum([background._interrupt() for background in _running[:]])
    # A thread that has released its lock still exists for some microseconds, and CPython counts it.
    until = time.monotonic() + _GONE_SECONDS
    while _system_threads() > threads - ended and time.monotonic() < until:
        time.sleep(0)


def _system_threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0


def _in_parent() -> None:
    caller = sys._getframe().f_back
    for background in _running[:]:
        background._resume(caller)


def _in_child() -> None:
    for background in _running:
        background._cancel_late()
        background._ident = None
        background._wake = background._ended = _thread.allocate_lock()
    del _running[:]


def _block_signals() -> None:
    if hasattr(signal, "pthread_sigmask"):
        faults = {int(getattr(signal, name)) for name in _FAULTS if hasattr(signal, name)}
        signal.pthread_sigmask(signal.SIG_BLOCK, {int(number) for number in signal.valid_signals()} - faults)
