"""The references that a running function holds: its variables, cells and the values that it is working on.

The collector shows none of them while the function runs. They are read where the interpreter keeps them, in a frozen copy
of the heap only, and by way of a file (`/proc/self/mem`), so that a wrong address is an error and no crash. Whatever does
not look as expected gives no answer. Layouts: CPython, Include/cpython/frameobject.h (3.8 to 3.10),
Include/internal/pycore_frame.h (3.11 to 3.13).
"""

import sys
from array import array
from types import CodeType, FrameType

from .stack_depth import StackDepths, instruction_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional, Sequence

    from .still import StillCalls

_WORD = 8
_GENERATORS = 0x20 | 0x80 | 0x200  # co_flags: such a frame's variables show in the traversal of its generator
_VERSION = sys.version_info[:2]
_KNOWN = (
    (3, 8) <= _VERSION <= (3, 13)
    and sys.maxsize > 2**32
    and object.__basicsize__ == 2 * _WORD
    and getattr(sys, "_is_gil_enabled", lambda: True)()
)
_IN_FRAME_OBJECT = _VERSION < (3, 11)

# Positions in words. Up to 3.10, in the frame object.
_CODE, _LOCALS_DICT, _STACK_BEGIN = 4, 7, 8
# Since 3.11, of the interpreter's frame in the frame object, and in that frame.
_INTERPRETER_FRAME = 3
_FRAME_CODE, _FRAME_FUNCTION, _FRAME_LOCALS_DICT = (4, 0, 3) if _VERSION == (3, 11) else (0, 2, 5)
_FRAME_COUNTERS, _FRAME_VALUES = 8, 9
_OWNER_SHIFT = 40 if _VERSION == (3, 11) else 48
_OWNED_BY_THREAD = 0
_NOT_SAVED = -1

# Instructions during which their operands stay on the stack, and keep their references.
_KEEP_OPERANDS = ("CALL", "PRECALL", "FOR_ITER", "BINARY_", "COMPARE_OP", "CONTAINS_OP", "LOAD_ATTR", "SETUP_WITH", "BEFORE_WITH")
# Since 3.12 the manager is let go before its `__enter__` is called; what its `__exit__` was is nowhere on the stack yet.
_LETS_GO = "BEFORE_WITH" if _VERSION >= (3, 12) else ""


class FrameReferences:
    """What one frame holds. `stack` is the part of `all` that lies on the evaluation stack, the top last, with 0 for nothing."""

    def __init__(self, values: "Sequence[int]", variables: int, function: int, has_locals_dict: bool) -> None:
        self.stack: "List[int]" = list(values[variables:])
        self.all: "List[int]" = [address for address in values if address] + ([function] if function else [])
        # Somebody in the program has asked for `locals()` of this function.
        self.has_locals_dict = has_locals_dict


class FrameMemory:
    """Reads frames of other threads. `read` gives None where it cannot be known."""

    def __init__(self, calls: "StillCalls") -> None:
        self._calls = calls
        self._descriptor = calls.open_own_memory() if _KNOWN else -1
        self._depths = StackDepths()
        self.object_at = calls.object_at

    def read(self, frame: FrameType) -> "Optional[FrameReferences]":
        code = frame.f_code
        if self._descriptor < 0 or code.co_flags & _GENERATORS:
            return None
        return self._of_frame_object(frame, code) if _IN_FRAME_OBJECT else self._of_interpreter_frame(frame, code)

    def word(self, address: int, index: int) -> int:
        """One word behind an address; 0 where nothing can be read."""
        words = self._words(address + index * _WORD, 1)
        return words[0] if words else 0

    def _of_frame_object(self, frame: FrameType, code: CodeType) -> "Optional[FrameReferences]":
        # The variables are the last field of the object, declared with one element.
        values_at = id(frame) + FrameType.__basicsize__ - _WORD
        head = self._words(id(frame), _STACK_BEGIN + 1)
        if not head or head[_CODE] != id(code):
            return None
        variables = (head[_STACK_BEGIN] - values_at) // _WORD
        if variables != len(code.co_varnames) + len(code.co_cellvars) + len(code.co_freevars):
            return None
        return self._references(frame, values_at, variables, None, 0, head[_LOCALS_DICT])

    def _of_interpreter_frame(self, frame: FrameType, code: CodeType) -> "Optional[FrameReferences]":
        at = self.word(id(frame), _INTERPRETER_FRAME)
        head = self._words(at, _FRAME_VALUES)
        if not head or head[_FRAME_CODE] != id(code):
            return None
        counters = head[_FRAME_COUNTERS]
        if counters >> _OWNER_SHIFT & 0xFF != _OWNED_BY_THREAD:
            return None
        saved = counters & 0xFFFFFFFF
        top = saved if saved < 1 << 31 else _NOT_SAVED
        variables = len({*code.co_varnames, *code.co_cellvars}) + len(code.co_freevars)
        if top != _NOT_SAVED and not variables <= top <= variables + code.co_stacksize:
            return None
        return self._references(
            frame, at + _FRAME_VALUES * _WORD, variables, None if top == _NOT_SAVED else top - variables, head[_FRAME_FUNCTION], head[_FRAME_LOCALS_DICT]
        )

    def _references(self, frame: FrameType, values_at: int, variables: int, saved_depth: "Optional[int]", function: int, locals_dict: int) -> "Optional[FrameReferences]":
        depth = self._depth(frame) if saved_depth is None else saved_depth
        if depth is None:
            return None
        values = self._words(values_at, variables + depth)
        if values is None:
            return None
        return FrameReferences(values, variables, function, locals_dict != 0)

    def _depth(self, frame: FrameType) -> "Optional[int]":
        """For a frame that is in the middle of an instruction."""
        code, offset = frame.f_code, frame.f_lasti
        depth = self._depths.before(code, offset)
        if depth is None:
            return None
        name, _ = instruction_at(code, offset)
        if not name.startswith(_KEEP_OPERANDS):
            return None
        return depth - 1 if name == _LETS_GO else depth

    def _words(self, address: int, count: int) -> "Optional[Sequence[int]]":
        if count == 0:
            return ()
        data = self._calls.read_own_memory(self._descriptor, address, count * _WORD)
        return array("Q", data) if len(data) == count * _WORD else None
