"""Keeps tracemalloc from tracing the walk itself: in a child only, and without losing the table that the walk reads.

tracemalloc leaves out allocations that are made while a thread-specific key of its own is set (it sets it while it
allocates for itself). Which key that is, it does not say; so each free one is tried, and the right one is known by its
effect. Without this a walk takes several times as long, for every number it makes is traced.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_KEYS = 128
_PROBE_BYTES = 4096


def stop_tracing_this_thread() -> bool:
    """True when allocations of this thread are traced no more. Of no use, and harmless, when nothing is traced."""
    tracer: "Any" = sys.modules.get("_tracemalloc")
    if tracer is None or not tracer.is_tracing():
        return True
    try:
        import ctypes

        library = ctypes.PyDLL(None)
        get, put = library.pthread_getspecific, library.pthread_setspecific
    except (ImportError, OSError, AttributeError):
        return False
    get.restype = ctypes.c_void_p
    get.argtypes = (ctypes.c_uint,)
    put.argtypes = (ctypes.c_uint, ctypes.c_void_p)
    for key in range(_MOST_KEYS):
        if get(key) or put(key, id(True)) != 0:
            continue
        if not _traces(tracer):
            return True
        put(key, None)
    return False


def _traces(tracer: "Any") -> bool:
    before: int = tracer.get_traced_memory()[0]
    probe = bytearray(_PROBE_BYTES)
    after: int = tracer.get_traced_memory()[0]
    return after - before >= len(probe)
