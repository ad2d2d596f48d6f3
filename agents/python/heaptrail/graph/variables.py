"""Variables of functions that run or wait, read so that the program does not notice.

Before CPython 3.13 `frame.f_locals` makes a dict that stays with the frame and keeps what its variables once held. It
is emptied again here, unless somebody else has it. It is not asked for at all where that could disturb: in functions
that call `locals()` and the like (theirs would be written over), and while a trace function written in Python runs
(CPython copies the dict back into the variables after it).
"""

from __future__ import annotations

import sys
from types import CodeType, FrameType, FunctionType, MethodType
from typing import Any, Dict, List, Optional, Tuple

_OPTIMIZED = 1  # co_flags: variables are in the frame itself
_MAKES_NO_COPY = sys.version_info >= (3, 13)
_ASKS_FOR_LOCALS = frozenset(("locals", "vars", "eval", "exec"))


def variables_of(frame: FrameType) -> Optional[Dict[str, object]]:
    """Variables by name; empty for code of modules and classes, None where they must not be read."""
    code = frame.f_code
    if not code.co_flags & _OPTIMIZED:
        return {}
    if _MAKES_NO_COPY:
        return dict(frame.f_locals)
    if not _ASKS_FOR_LOCALS.isdisjoint(code.co_names) or _is_traced(frame):
        return None
    table: Dict[str, object] = frame.f_locals
    variables = dict(table)
    if sys.getrefcount(table) <= _HELD_BY_FRAME_ALONE:
        table.clear()
    return variables


def _is_traced(frame: FrameType) -> bool:
    return _in_python(sys.gettrace()) or _in_python(frame.f_trace) or _in_python(_trace_of_new_threads())


def _in_python(tracer: object) -> bool:
    return type(tracer) is FunctionType or type(tracer) is MethodType


def _trace_of_new_threads() -> object:
    threading: Any = sys.modules.get("threading")
    return None if threading is None else vars(threading).get("_trace_hook")


def _references_to_own_table() -> int:
    """What `sys.getrefcount` says of the table of a frame when nobody else has it, asked as `variables_of` asks."""
    table: Dict[str, object] = sys._getframe().f_locals
    return sys.getrefcount(table)


# In the frame that measures it, the table is itself a variable, and its own value: one more than elsewhere at most. From
# 3.13 on a frame that has its own `f_locals` in a variable is a cycle, with all frames that called it: not asked there.
_HELD_BY_FRAME_ALONE = 0 if _MAKES_NO_COPY else _references_to_own_table()


def frame_of(thing: object) -> Optional[FrameType]:
    """The frame of a generator, coroutine or asynchronous generator that has not ended."""
    for getter in _FRAME_GETTERS.get(id(type(thing)), ()):
        frame = getter(thing)
        if type(frame) is FrameType:
            return frame
    return None


async def _example() -> None:
    """Only the type of its coroutine matters."""


async def _example_of_many() -> Any:
    yield


def _frame_getters() -> Dict[int, Tuple[Any, ...]]:
    coroutine = _example()
    coroutine.close()
    kinds: List[Tuple[Any, str]] = [
        (type(_ for _ in ()), "gi_frame"), (type(coroutine), "cr_frame"), (type(_example_of_many()), "ag_frame")]
    return {id(kind): (vars(kind)[name].__get__,) for kind, name in kinds}


_FRAME_GETTERS = _frame_getters()


def place_of_code(code: CodeType, line: Optional[int]) -> Tuple[str, int, str]:
    """File, line and function; the qualified name where the interpreter keeps it (3.11)."""
    return code.co_filename, line or code.co_firstlineno, getattr(code, "co_qualname", code.co_name)
