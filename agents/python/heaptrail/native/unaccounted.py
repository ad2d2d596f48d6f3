"""References from outside the heap: an object's count less the references that other objects and running functions have."""

from __future__ import annotations

import _thread
import sys
from collections import Counter
from types import BuiltinFunctionType, CellType, FrameType, FunctionType, MethodType
from typing import Dict, Iterator, List, Optional, Tuple

from ..graph.heap_columns import HeapColumns
from ..graph.places import is_own_code
from ..graph.turn import is_own_kind
from ..graph.variables import variables_of

# Immortal objects (3.12) have a count above this, static ones before them 999,999,999; both say nothing.
_MOST_REFERENCES = 1 << 29
# Since 3.13 a dict that shares its values with its instance names none of them, nor does the instance name the dict.
# Before, a frame that was looked at keeps an empty dict.
_SHARES_VALUES = sys.version_info >= (3, 13)


class StackVariables:
    """How many variables of running functions have each object, by id. To be read before the columns, for those keep what was read.

    `unread`    functions on the stack whose variables could not be read: what they hold counts as held from outside
    """

    def __init__(self) -> None:
        self.unread = 0
        self.count_by_id: Dict[int, int] = {}
        for frame in _frames():
            values = variables_of(frame)
            if values is None:
                self.unread += 1
                continue
            for value in values.values():
                self.count_by_id[id(value)] = self.count_by_id.get(id(value), 0) + 1


def unaccounted(heap: HeapColumns, variables: StackVariables) -> List[Tuple[int, int]]:
    """Number of each object that has references from outside, and how many. Objects whose count says nothing are left out."""
    found: List[Tuple[int, int]] = []
    inside = Counter(heap.target)
    in_variables = variables.count_by_id
    for at, count in enumerate(heap.references):
        outside = count - inside[at]
        if outside <= 0 or count >= _MOST_REFERENCES or heap.is_scaffold[at]:
            continue
        thing = heap.objects[at]
        named = in_variables.get(id(thing), 0)
        outside -= named
        if (named or inside[at]) and (type(thing) is FunctionType or type(thing) is BuiltinFunctionType):
            outside -= 1  # a call in progress has it on its stack, where nobody can look
        if outside > 0 and not _is_left_out(thing, heap, at):
            found.append((at, outside))
    return found


def _is_left_out(thing: object, heap: HeapColumns, at: int) -> bool:
    """heaptrail's own, cells (a running function has them without a name), and dicts that are part of an instance or a frame."""
    kind = type(thing)
    if type(thing) is MethodType and is_own_kind(type(thing.__self__)):
        return True  # a `with` block of the program has the end of ours on its stack
    if kind is CellType or is_own_kind(kind):
        return True
    return kind is dict and (len(thing) > 0) is _SHARES_VALUES and heap.first_edge[at] == heap.first_edge[at + 1]  # type: ignore[arg-type]


def _frames() -> Iterator[FrameType]:
    innermost = sys._current_frames()
    innermost.pop(_thread.get_ident(), None)  # that frame would be a variable of itself
    starts: List[Optional[FrameType]] = [sys._getframe().f_back]
    starts.extend(innermost.values())
    innermost.clear()
    while starts:
        frame = starts.pop()
        while frame is not None:
            if not is_own_code(frame.f_code):
                yield frame
            frame = frame.f_back
