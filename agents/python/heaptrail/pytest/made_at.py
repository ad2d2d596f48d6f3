"""Where an object was allocated, from tracemalloc."""

from __future__ import annotations

import os
import sys
from typing import Any, List, Optional, Sequence, Tuple

from ..graph.class_facts import MANAGED_DICT, flags_of
from ..graph.places import is_library_file, short_file
from ..tracking.own_code import is_own
from ..tracking.source_line import source_lines, with_source

Stack = Tuple[Tuple[str, int], ...]

_MOST_FRAMES = 4
_RUNNERS = tuple("%s%s%s" % (os.sep, name, os.sep) for name in ("_pytest", "pluggy", "xdist", "pytest_asyncio"))


def stack_of(thing: object) -> Stack:
    """Innermost first, as far as what repeated it; empty where it is not known."""
    import _tracemalloc

    found: Any = _tracemalloc._get_object_traceback(thing)
    if found is None and sys.version_info[:2] == (3, 11) and flags_of(type(thing)) & MANAGED_DICT:
        found = _before_its_head(id(thing))
    return cut(tuple(found)) if found else ()


def _before_its_head(address: int) -> Optional[Any]:
    """CPython 3.11 has two more words in front of instances, and tracemalloc forgets to step over them."""
    try:
        import ctypes

        ask = ctypes.pythonapi._PyTraceMalloc_GetTraceback
    except (ImportError, AttributeError):
        return None
    ask.restype, ask.argtypes = ctypes.py_object, (ctypes.c_uint, ctypes.c_size_t)
    for before in (32, 16):
        found = ask(0, address - before)
        if found is not None:
            return found
    return None


def cut(stack: Sequence[Tuple[str, int]]) -> Stack:
    """Without what called the test: heaptrail's own frames, and pytest's outside of the test."""
    kept: List[Tuple[str, int]] = []
    for frame in stack:
        if is_own(frame[0]) or (kept and any(part in frame[0] for part in _RUNNERS)):
            break
        kept.append(frame)
    while len(kept) > 1 and is_library_file(kept[-1][0]):
        kept.pop()  # the machinery between pytest and the test (unittest, asyncio)
    return tuple(kept)


def texts(stack: Stack) -> Tuple[str, ...]:
    """`app.py:12  cache.append(row)`: the innermost frames, and the first that is the program's."""
    shown = stack[:_MOST_FRAMES]
    if all([is_library_file(file) for file, _ in shown]):
        shown = shown[:-1] + tuple(frame for frame in stack[_MOST_FRAMES:] if not is_library_file(frame[0]))[:1] if len(stack) > _MOST_FRAMES else shown
    sources = source_lines(shown)
    return tuple(with_source((short_file(file), line), {(short_file(file), line): sources.get((file, line), "")}) for file, line in shown)
