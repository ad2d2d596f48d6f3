"""Parts of code objects, and variables of frames: what C keeps in arrays without names."""

import sys
from types import CodeType, FrameType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional, Tuple

_OPTIMIZED = 1  # co_flags: variables are in the frame itself


def code_parts(code: CodeType) -> "List[object]":
    """What a code object holds. Since 3.11 its tuples of variable names are made anew on every access, and are not its own."""
    parts: "List[object]" = [code.co_consts, code.co_names, code.co_filename, code.co_name]
    if sys.version_info >= (3, 11):
        parts.append(code.co_qualname)
    else:
        parts += [code.co_varnames, code.co_freevars, code.co_cellvars, code.co_code]
    return parts


def local_names(frame: object) -> "Tuple[List[object], List[object]]":
    """Names and values of the variables of a function's frame in a frozen copy of the heap.

    A module's frame has the module's own namespace; a class body may run in a mapping of the program's own, which even
    the reading of `f_locals` would write to. Both are left out.
    """
    variables = local_table(frame)
    if variables is None:
        return [], []
    return list(variables), list(variables.values())


def local_table(frame: object) -> "Optional[Dict[Any, Any]]":
    """Before 3.13 the same dict each time, kept by the frame."""
    if type(frame) is not FrameType or not frame.f_code.co_flags & _OPTIMIZED:
        return None
    variables = frame.f_locals
    return variables if type(variables) is dict else dict(variables)
