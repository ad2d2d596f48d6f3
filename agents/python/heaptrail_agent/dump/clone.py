"""A child process that the program cannot notice.

`clone` with no exit signal sends no SIGCHLD and is invisible to `waitpid(-1)`; no at-fork handler runs. The child
starts as a copy of the calling thread alone, with the interpreter lock held. One danger is that another thread had
asked for the lock: the child would hand it over and wait for ever for a thread that does not exist. So the time
after which threads ask for it is lengthened for the moment of the clone, and the lock given up once before.
"""

import gc
import os
import sys
import time

import _signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Optional

_NUMBER_OF_CLONE = {"x86_64": 56, "aarch64": 220}
# An unusual number, to know it again: the program may set its own meanwhile.
_LONG_SWITCH_SECONDS = 0.050317
WAIT_FOR_CLONES = 0x40000000
_SIGALRM = 14
_SIG_DFL = 0


class Cloner:
    """Makes clones. `available` is false where the system call or ctypes is not to be had."""

    def __init__(self) -> None:
        self._syscall: "Optional[Callable[..., int]]" = None
        self._set_handler: "Optional[Callable[..., int]]" = None
        number = _NUMBER_OF_CLONE.get(os.uname().machine) if sys.platform == "linux" else None
        if number is None or sys.maxsize <= 2**32:
            return
        try:
            import ctypes

            library = ctypes.PyDLL(None)
            syscall = library.syscall
            syscall.restype = ctypes.c_long
            syscall.argtypes = (ctypes.c_long,) * 6
            self._number = number
            self._syscall = syscall
            self._set_handler = library.signal
        except (ImportError, OSError, AttributeError):
            pass

    @property
    def available(self) -> bool:
        return self._syscall is not None

    def clone(self) -> "tuple[int, float]":
        """As `os.fork`: 0 in the child, its pid in the parent, with the parent's pause in ms. OSError when there is no room."""
        syscall = self._syscall
        assert syscall is not None
        before = sys.getswitchinterval()
        sys.setswitchinterval(_LONG_SWITCH_SECONDS)
        try:
            time.sleep(0.0005)
            collecting = gc.isenabled()
            gc.disable()
            began = time.perf_counter()
            pid = syscall(self._number, 0, 0, 0, 0, 0)
            pause_ms = (time.perf_counter() - began) * 1000
            if pid == 0:
                return 0, 0.0
            if collecting:
                gc.enable()
        finally:
            if abs(sys.getswitchinterval() - _LONG_SWITCH_SECONDS) < 1e-6:
                sys.setswitchinterval(before)
        if pid < 0:
            raise OSError("clone failed")
        return pid, pause_ms

    def settle(self, deadline_seconds: int) -> None:
        """In the child: lets go of everything that it shares with the program, makes way for it, and sets its own end."""
        os.closerange(0, min(os.sysconf("SC_OPEN_MAX"), 1 << 16))
        if self._set_handler is not None:
            # The program's handler must not run here; all signals are blocked, so this one is let through.
            self._set_handler(_SIGALRM, _SIG_DFL)
            _signal.pthread_sigmask(_signal.SIG_UNBLOCK, [_SIGALRM])
            _signal.alarm(deadline_seconds)
        _write("/proc/self/oom_score_adj", b"1000")
        try:
            os.nice(5)
        except OSError:
            pass


def _write(path: str, value: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY)
        os.write(descriptor, value)
        os.close(descriptor)
    except OSError:
        pass
