"""Empties the cache in which CPython remembers attributes of types.

It keeps up to 4096 names alive, also such that C code made up for one lookup (asyncio asks for "result" in this way),
and fills by chance: a hundred blocks that seem to leak. CPython's own search for leaks empties it, too.
"""

from __future__ import annotations

import sys
from typing import Any, Callable


def type_cache_clearer() -> Callable[[], Any]:
    """A function that empties it; the interpreter fills it again as it goes on."""
    if sys.implementation.name == "cpython":
        try:
            import ctypes

            clear: Callable[[], Any] = ctypes.pythonapi.PyType_ClearCache
            return clear
        except (ImportError, AttributeError):
            pass
    return int
