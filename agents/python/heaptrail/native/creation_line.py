"""The line that made an object, if somebody noted it: `heaptrail.watch`, or tracemalloc."""

from __future__ import annotations

import sys
from typing import Any, Optional, Sequence, Tuple

from ..graph.class_facts import MANAGED_DICT, flags_of
from ..graph.places import is_library_file, short_file

Line = Tuple[str, int]


class CreationLines:
    """Asks for many objects at one moment. `is_traced` when tracemalloc runs."""

    def __init__(self) -> None:
        tracer: Any = sys.modules.get("_tracemalloc")
        self.is_traced = tracer is not None and bool(tracer.is_tracing())
        self._traceback_of: Any = tracer._get_object_traceback if self.is_traced else None
        self._at_address: Any = _at_address() if self.is_traced else None
        registry: Any = sys.modules.get("heaptrail.watching.registry")
        self._find: Any = registry.registry.find_same if registry is not None else None

    def of(self, thing: object) -> Optional[Line]:
        """File and line: the innermost that is the program's, else the innermost of all."""
        if self._find is not None:
            record = self._find(thing)
            place = record.site.place() if record is not None else None
            if place is not None:
                return short_file(place.file), place.line
        if self._traceback_of is None:
            return None
        found = self._traceback_of(thing)
        if found is None and self._at_address is not None and flags_of(type(thing)) & MANAGED_DICT:
            found = self._at_address(0, id(thing) - 32)
        return _line_of(found) if found else None


def _line_of(stack: Sequence[Line]) -> Line:
    for file, line in stack:
        if not is_library_file(file):
            return short_file(file), line
    file, line = stack[0]
    return short_file(file), line


def _at_address() -> Any:
    """Only 3.11 looks in the wrong place for instances: their block begins two words further ahead."""
    if sys.version_info[:2] != (3, 11):
        return None
    try:
        import ctypes

        ask = ctypes.pythonapi._PyTraceMalloc_GetTraceback
    except (ImportError, AttributeError):
        return None
    ask.restype, ask.argtypes = ctypes.py_object, (ctypes.c_uint, ctypes.c_size_t)
    return ask
