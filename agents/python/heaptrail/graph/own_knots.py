"""Which knots are heaptrail's own, and of no interest to whoever looks for the program's."""

from __future__ import annotations

from collections import deque
from types import BuiltinMethodType, CellType, FunctionType, MethodType, MethodWrapperType
from typing import Any, List

from .heap_columns import HeapColumns
from .places import is_own_code
from .turn import is_own_kind

_HOLDERS = (dict, list, tuple, deque, set, CellType, staticmethod)
_METHODS = (MethodType, BuiltinMethodType, MethodWrapperType)
_BETWEEN = frozenset(id(kind) for kind in _HOLDERS + _METHODS)


def is_own_knot(heap: HeapColumns, knot: List[int]) -> bool:
    """Whether all members are objects and functions of heaptrail's, and what lies between them."""
    has_own = False
    for at in knot:
        thing: Any = heap.objects[at]
        kind = type(thing)
        if id(kind) in _BETWEEN:
            continue
        if not is_own_kind(kind) and not (kind is FunctionType and is_own_code(thing.__code__)):
            return False
        has_own = True
    return has_own
