"""Starts tracemalloc for what is allocated under the interpreter lock: for all objects, and not for the raw domain.

tracemalloc keeps its table under a lock of its own. Memory of the raw domain (buffers of lzma, states of threads) is freed
without the interpreter lock, so that lock may be held at the moment when another thread forks: the child waits for it for
ever (CPython 3.8 to 3.13). Whoever allocates in the other two domains holds the interpreter lock, as does a thread that
forks: both cannot be. So the raw domain gets back the allocator that it had before. No object is allocated there, and
`stop` sets that same allocator once more. It also ends the danger of a `stop` while another thread waits in the raw
domain's hook for the interpreter lock (a crash before 3.12.9 and 3.13.2, gh-128679).
"""

import _tracemalloc

from .c_parts import deque, partial

_RAW = 0
_ALLOCATOR_BYTES = 5 * 8  # PyMemAllocatorEx: a context and four functions


def start_under_lock(frames: int) -> bool:
    """False, and nothing has changed, where the allocators cannot be reached."""
    try:
        import ctypes

        library = ctypes.PyDLL(None)
        get, put = library.PyMem_GetAllocator, library.PyMem_SetAllocator
    except (ImportError, OSError, AttributeError):
        return False
    for function in (get, put):
        function.restype = None
        function.argtypes = (ctypes.c_int, ctypes.c_void_p)
    room = ctypes.c_char.from_buffer(bytearray(_ALLOCATOR_BYTES))
    address = ctypes.addressof(room)
    # All three in one call of C: no other thread runs in between.
    steps = partial(get, _RAW, address), partial(_tracemalloc.start, frames), partial(put, _RAW, address)
    deque(map(partial.__call__, steps), 0)
    return True
