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
"""

import _tracemalloc
from sys import byteorder

from .c_parts import deque, partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Tuple

_RAW = 0
_POINTER_BYTES = 8
_ALLOCATOR_BYTES = 5 * _POINTER_BYTES  # PyMemAllocatorEx: a context and four functions

# Two allocators: CPython's own, and the same with a context that leads to the first. Kept for ever: threads may read them.
_room = bytearray(2 * _ALLOCATOR_BYTES)


def start_under_lock(frames: int) -> bool:
    """False, and nothing has changed, where the allocators cannot be reached or the raw domain's needs its context."""
    try:
        put = _function("PyMem_SetAllocator")
        context, functions = _raw_allocator()
    except (ImportError, OSError, AttributeError):
        return False
    own = _address(_room)
    if context not in (0, own):
        return False
    _room[:] = bytes(_POINTER_BYTES) + functions + own.to_bytes(_POINTER_BYTES, byteorder) + functions
    keep = partial(put, _RAW, own + _ALLOCATOR_BYTES)
    # All three in one call of C: no other thread that needs the interpreter lock runs in between.
    deque(map(partial.__call__, (keep, partial(_tracemalloc.start, frames), keep)), 0)
    return True


def stop_under_lock() -> None:
    """Ends any tracing. One that `start_under_lock` began leaves the raw domain with its first context."""
    _tracemalloc.stop()
    try:
        put = _function("PyMem_SetAllocator")
        context, _ = _raw_allocator()
    except (ImportError, OSError, AttributeError):
        return
    own = _address(_room)
    if context == own:
        put(_RAW, own)


def _raw_allocator() -> "Tuple[int, bytearray]":
    """Its context, and its functions as they lie in memory."""
    found = bytearray(_ALLOCATOR_BYTES)
    _function("PyMem_GetAllocator")(_RAW, _address(found))
    return int.from_bytes(found[:_POINTER_BYTES], byteorder), found[_POINTER_BYTES:]


def _function(name: str) -> "Callable[[int, int], None]":
    """Of CPython, called without giving up the interpreter lock. Raises ImportError, OSError or AttributeError."""
    import ctypes

    function: "Callable[[int, int], None]" = getattr(ctypes.PyDLL(None), name)
    setattr(function, "restype", None)
    setattr(function, "argtypes", (ctypes.c_int, ctypes.c_void_p))
    return function


def _address(room: bytearray) -> int:
    import ctypes

    return ctypes.addressof(ctypes.c_char.from_buffer(room))
