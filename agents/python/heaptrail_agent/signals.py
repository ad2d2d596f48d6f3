"""Keeps the program's signal handlers out of the agent's frames.

A Python signal handler may raise (Ctrl-C does). Raised inside an at-fork handler the exception would be printed
and lost, so signals wait, blocked, while the agent works in a thread of the program.
"""

import _thread

from .c_parts import partial, repeat, signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, Set

# A fault must reach the thread that caused it, also when that is the agent's.
_FAULTS = {
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGTRAP", "SIGSYS", "SIGABRT")
    if hasattr(signal, name)
}
_HELD = frozenset(signal.valid_signals()) - _FAULTS


def hold() -> "Set[int]":
    """Blocks signals in the calling thread and returns the mask for `restore`."""
    before: "Set[int]" = set(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
    signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    return before


def restore(mask: "Set[int]") -> None:
    """Ends a `hold`."""
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def take_late(mask: "Set[int]") -> "List[int]":
    """The signals that `mask` lets through, that wait now, and that have a Python handler.

    They are taken out of the queue, because unblocking would run their handlers here and now; the caller has them
    sent again when the program is back in its own code. Default actions are left to happen.
    """
    late: "List[int]" = []
    for number in set(signal.sigpending()) - mask:
        if number in _HELD and not isinstance(signal.getsignal(number), (int, type(None))):
            if signal.sigtimedwait((number,), 0) is not None:
                late.append(int(number))
    return late


class SignalGate:
    """`close` and `open` for a thread, put together from C functions: nothing can be raised inside them.

    close()   masks[get_ident()] = pthread_sigmask(SIG_BLOCK, held)
    open()    pthread_sigmask(SIG_SETMASK, masks.pop(get_ident(), ()))
    """

    def __init__(self) -> None:
        self._held: "Set[int]" = set(_HELD)
        self.masks: "Dict[int, Set[int]]" = {}
        ident = iter(_thread.get_ident, -1)
        mask: "Callable[[Any, Any], Any]" = signal.pthread_sigmask
        blocked = map(mask, repeat(signal.SIG_BLOCK), repeat(self._held))
        self.close = partial(next, map(self.masks.__setitem__, ident, blocked), None)
        self.open = partial(next, map(mask, repeat(signal.SIG_SETMASK), map(self.masks.pop, ident, repeat(()))), None)

    def retire(self) -> None:
        """From now on `close` blocks nothing: there is no thread any more that could send a signal again."""
        self._held.clear()
