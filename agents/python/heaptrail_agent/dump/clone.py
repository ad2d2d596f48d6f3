"""A child process that the program cannot notice.

`clone` with no exit signal sends no SIGCHLD and is invisible to `waitpid(-1)`; no at-fork handler runs. The child
starts as a copy of the calling thread alone, with the interpreter lock held. It must never let go of it (`still.py`).
One danger is that another thread had asked for the lock at the moment of the clone: the child would hand it over and
wait for ever. So the time after which threads ask is lengthened, long enough before that those who wait know, and the
lock given up once: who takes it back has all of that time. What little remains is seen as a child that sleeps.
"""

import gc
import os
import sys
import time

from .still import StillCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

_NUMBER_OF_CLONE = {"x86_64": 56, "aarch64": 220}
# An unusual number, to know it again: the program may set its own meanwhile.
_LONG_SWITCH_SECONDS = 0.050317
_LONGEST_SETTLING_SECONDS = 0.02
WAIT_FOR_CLONES = 0x40000000


class Cloner:
    """Makes clones. `available` is false where the system call or ctypes is not to be had."""

    def __init__(self) -> None:
        self._calls: "Optional[StillCalls]" = None
        number = _NUMBER_OF_CLONE.get(os.uname().machine) if sys.platform == "linux" else None
        if number is None or sys.maxsize <= 2**32:
            return
        self._number = number
        try:
            self._calls = StillCalls()
        except (ImportError, OSError, AttributeError):
            pass

    @property
    def available(self) -> bool:
        return self._calls is not None

    @property
    def calls(self) -> StillCalls:
        assert self._calls is not None
        return self._calls

    def clone(self) -> "tuple[int, float]":
        """As `os.fork`: 0 in the child, its pid in the parent, with the parent's pause in ms. OSError when there is no room."""
        syscall = self.calls.syscall
        before = sys.getswitchinterval()
        sys.setswitchinterval(_LONG_SWITCH_SECONDS)
        try:
            time.sleep(min(before * 1.5, _LONGEST_SETTLING_SECONDS))
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
        self.calls.close_all()
        self.calls.end_after(deadline_seconds)
        self.calls.put(b"/proc/self/oom_score_adj", b"1000")
        try:
            os.nice(5)
        except OSError:
            pass
