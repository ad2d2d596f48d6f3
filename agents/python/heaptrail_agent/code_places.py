"""Where a piece of the program was written, read from types that CPython itself defines."""

from .c_parts import partial
from .modules import class_name, is_instance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any, Tuple

    Place = Tuple[str, str, int]


class _Example:
    def method(self) -> None:
        """Only its type matters."""


async def _example() -> None:
    """Only the type of its coroutine matters."""


_coroutine = _example()
_coroutine.close()

Coroutine: "Any" = type(_coroutine)
Generator: "Any" = type(None for _ in ())
_Function: "Any" = type(_Example.method)
_Method: "Any" = type(_Example().method)
_Builtin: "Any" = type(len)
_Code: "Any" = type(_Example.method.__code__)


def code_of_callback(callback: "Any") -> object:
    """What stands for a callable when counting: its code object, or its type, or itself when it is a builtin.

    Only exact types of CPython are looked into, so that nothing of the program runs.
    """
    for _ in range(8):
        if type(callback) is _Method:
            callback = callback.__func__
        elif type(callback) is partial:
            callback = callback.func
        else:
            break
    if type(callback) is _Function:
        return callback.__code__
    if type(callback) is _Builtin or is_instance(callback, type):
        return callback
    return type(callback)


def code_of_coroutine(coroutine: "Any") -> object:
    """The code of what a task runs, or its type when it is no coroutine of CPython's own."""
    if type(coroutine) is Coroutine:
        return coroutine.cr_code
    if type(coroutine) is Generator:
        return coroutine.gi_code
    return type(coroutine)


def place_of(thing: "Any") -> "Place":
    """Name, file and first line of what the functions above gave; builtins and types have a name only."""
    if type(thing) is _Code:
        return place_of_code(thing)
    if type(thing) is _Builtin:
        return thing.__name__, "", 0
    return class_name(thing), "", 0


def place_of_code(code: "CodeType") -> "Place":
    """Name, file and first line; the qualified name where the interpreter keeps it (3.11)."""
    return getattr(code, "co_qualname", code.co_name), code.co_filename, code.co_firstlineno
