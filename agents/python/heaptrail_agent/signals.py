"""Keeps the program's signal handlers out of the agent's frames.

A Python signal handler may raise (Ctrl-C does). Raised inside an at-fork handler the exception would be printed
and lost. So signals wait, blocked, while the agent works in a thread of the program; and one whose handler ran in
the agent's frame all the same is noted, to be sent again from the agent's thread.
"""

from .c_parts import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Collection, List, Optional, Set

# A fault must reach the thread that caused it, also when that is the agent's.
_FAULTS = {
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGTRAP", "SIGSYS", "SIGABRT")
    if hasattr(signal, name)
}
_PACKAGE = __name__.split(".")[0]
_HELD = frozenset(signal.valid_signals()) - _FAULTS


def hold(late: "List[int]") -> "Set[int]":
    """Blocks signals in the calling thread and returns the mask for `restore`; adds what has to be sent again."""
    mask = None
    while mask is None:
        mask = _change(signal.SIG_BLOCK, (), late)
    _change(signal.SIG_BLOCK, _HELD, late)
    return set(mask)


def restore(mask: "Set[int]", late: "List[int]") -> None:
    """Ends a `hold`; adds the signals that came meanwhile and have a Python handler.

    Those are taken out of the queue, because unblocking would run their handlers here and now. Default actions
    are left to happen.
    """
    for number in set(signal.sigpending()) - mask:
        if number in _HELD and not isinstance(signal.getsignal(number), (int, type(None))):
            if signal.sigtimedwait((number,), 0) is not None:
                late.append(int(number))
    _change(signal.SIG_SETMASK, mask, late)


def _change(how: int, numbers: "Collection[int]", late: "List[int]") -> "Optional[Collection[int]]":
    try:
        return signal.pthread_sigmask(how, numbers)
    except BaseException as error:
        late.extend(signal_behind(error))
        return None


def signal_behind(error: BaseException) -> "List[int]":
    """The signal whose handler has raised: the first frame that is not the agent's, and its first argument."""
    if type(error) is KeyboardInterrupt:
        return [int(signal.SIGINT)]
    trace = error.__traceback__
    while trace is not None and str(trace.tb_frame.f_globals.get("__name__")).startswith(_PACKAGE):
        trace = trace.tb_next
    if trace is None:
        return []
    frame = trace.tb_frame
    for name in frame.f_code.co_varnames[:2]:
        value = frame.f_locals.get(name)
        for candidate in value if type(value) is tuple else (value,):
            if type(candidate) is int and candidate in _HELD:
                return [candidate]
    return []
