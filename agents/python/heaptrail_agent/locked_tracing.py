"""Starts tracemalloc for what is allocated under the interpreter lock: for all objects, and not for the raw domain.

tracemalloc keeps its table under a lock of its own. Memory of the raw domain (buffers of lzma, states of threads) is freed
without the interpreter lock, so that lock may be held at the moment when another thread forks: the child waits for it for
ever (CPython 3.8 to 3.13). Whoever allocates in the other two domains holds the interpreter lock, as does a thread that
forks: both cannot be. So the raw domain gets back the functions that it had before. No object is allocated there, and
`stop` sets those same functions once more. It also ends the danger of a `stop` while another thread waits in the raw
domain's hook for the interpreter lock (a crash before 3.12.9 and 3.13.2, gh-128679).

An allocator is a context and four functions, and a thread without the interpreter lock may read one of them before it is
replaced and another after. tracemalloc's functions look into the context: CPython's own, which is NULL, crashes them (any
`tracemalloc.start` has that danger). CPython's functions ignore it. So while tracemalloc's come and go, the context
leads to a copy of CPython's own allocator, as tracemalloc's context does, and every mixture works. Functions that need a
context of their own (debug hooks, another tracer's) cannot be mixed with anything: there nothing is started.

The program may trace as well, from another thread, at any moment. Whether somebody traces is asked in the same call of C
that then starts, and whether it is still ours in the one that stops: ours has a mark, an object allocated while it runs.
Audit hooks of the program hear of ctypes and may forbid it, by any exception.
"""

import _tracemalloc
from sys import byteorder

from .c_parts import all_of, any_of, partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Optional, Tuple

_RAW = 0
_POINTER_BYTES = 8
_ALLOCATOR_BYTES = 5 * _POINTER_BYTES  # PyMemAllocatorEx: a context and four functions

# Addresses; the first counts. Two allocators lie there: CPython's own, and the same with a context that leads to the
# first. Never freed, for threads may read them when this interpreter has ended.
_rooms: "List[int]" = []


def start_under_lock(frames: int) -> bool:
    """False, and nothing has changed, where somebody traces already, the allocators cannot be reached, or the raw domain's
    needs its context. Raises MemoryError where tracemalloc does."""
    try:
        put = _allocators("PyMem_SetAllocator")
        context, functions = _raw_allocator()
        own = _room()
        if context not in (0, own):
            return False
        _write(own, bytes(_POINTER_BYTES) + functions + own.to_bytes(_POINTER_BYTES, byteorder) + functions)
    except Exception:
        return False
    keep = partial(put, _RAW, own + _ALLOCATOR_BYTES)
    # No other thread that needs the interpreter lock runs in between.
    return _unless_somebody_traces(keep, partial(_tracemalloc.start, frames), keep)


def start_whole(frames: int) -> bool:
    """Starts tracemalloc for all domains, with what that may do to forks and threads. False where somebody traces already."""
    return _unless_somebody_traces(partial(_tracemalloc.start, frames))


def is_marked(mark: "Optional[object]") -> bool:
    """True while the tracing runs under which `mark` was allocated, and nobody has cleared its traces."""
    return mark is not None and _tracemalloc._get_object_traceback(mark) is not None


def stop_under_lock(mark: "Optional[object]") -> None:
    """Ends the tracing under which `mark` was allocated, and no other. The raw domain has its first context again."""
    if mark is None:
        return
    # The traceback is None, and the call ends with it, or a tuple.
    found: "partial[Any]" = partial(_tracemalloc._get_object_traceback, mark)
    all_of(map(partial.__call__, (found, partial(_tracemalloc.stop))))
    try:
        put = _allocators("PyMem_SetAllocator")
        context, _ = _raw_allocator()
    except Exception:
        return  # with the context that leads to the copy: CPython's functions ignore it
    if _rooms and context == _rooms[0]:
        _unless_somebody_traces(partial(put, _RAW, _rooms[0]))


def _unless_somebody_traces(*calls: "partial[None]") -> bool:
    """One call of C, which ends before the first of the calls when somebody traces. False then."""
    in_turn: "Tuple[partial[Any], ...]" = (partial(_tracemalloc.is_tracing),) + calls
    return not any_of(map(partial.__call__, in_turn))


def _raw_allocator() -> "Tuple[int, bytes]":
    """Its context, and its functions as they lie in memory."""
    import ctypes

    found = (ctypes.c_char * _ALLOCATOR_BYTES)()
    _allocators("PyMem_GetAllocator")(_RAW, found)
    return int.from_bytes(found.raw[:_POINTER_BYTES], byteorder), found.raw[_POINTER_BYTES:]


def _allocators(name: str) -> "Callable[..., None]":
    """A function of CPython that takes a domain and an address of an allocator."""
    import ctypes

    function = _function(name)
    setattr(function, "restype", None)
    setattr(function, "argtypes", (ctypes.c_int, ctypes.c_void_p))
    return function


def _room() -> int:
    if not _rooms:
        import ctypes

        take = _function("PyMem_RawMalloc")
        setattr(take, "restype", ctypes.c_size_t)
        setattr(take, "argtypes", (ctypes.c_size_t,))
        taken = int(take(2 * _ALLOCATOR_BYTES))
        if not taken:
            raise MemoryError
        _rooms.append(taken)
    return _rooms[0]


def _write(address: int, content: bytes) -> None:
    import ctypes

    ctypes.memmove(address, content, len(content))


def _function(name: str) -> "Callable[..., Any]":
    """Of CPython, called without giving up the interpreter lock. Raises ImportError, OSError, AttributeError, and what an
    audit hook raises."""
    import ctypes

    function: "Callable[..., Any]" = getattr(ctypes.PyDLL(None), name)
    return function
