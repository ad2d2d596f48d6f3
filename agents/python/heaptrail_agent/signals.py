"""Keeps the program's signal handlers out of the agent's frames.

A Python signal handler may raise (Ctrl-C does). Raised inside an at-fork handler the exception would be printed
and lost, so signals wait, blocked, while the agent works in a thread of the program.
"""

import _signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Set

# A fault must reach the thread that caused it, also when that is the agent's.
_FAULTS = {
    getattr(_signal, name)
    for name in ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGTRAP", "SIGSYS", "SIGABRT")
    if hasattr(_signal, name)
}
_HELD = set(_signal.valid_signals()) - _FAULTS


def hold() -> "Set[int]":
    """Blocks signals in the calling thread and returns the mask for `release`."""
    before: "Set[int]" = set(_signal.pthread_sigmask(_signal.SIG_BLOCK, ()))
    _signal.pthread_sigmask(_signal.SIG_BLOCK, _HELD)
    return before


def release(before: "Set[int]") -> "List[int]":
    """Restores the mask. Returns the signals that came meanwhile and have a Python handler.

    Those are taken out of the queue, because unblocking would run their handlers here and now; the caller has
    them sent again when the program is back in its own code. Default actions and ignored signals just happen.
    """
    late: "List[int]" = []
    for number in set(_signal.sigpending()) - before:
        if number in _HELD and not isinstance(_signal.getsignal(number), (int, type(None))):
            if _signal.sigtimedwait((number,), 0) is not None:
                late.append(int(number))
    _signal.pthread_sigmask(_signal.SIG_SETMASK, before)
    return late
