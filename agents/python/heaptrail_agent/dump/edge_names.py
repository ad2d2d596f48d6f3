"""Parts of code objects, and variables of frames: what C keeps in arrays without names."""

import sys
from types import CodeType, FrameType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Tuple


def code_parts(code: CodeType) -> "List[object]":
    """What a code object holds. Since 3.11 its tuples of variable names are made anew on every access, and are not its own."""
    parts: "List[object]" = [code.co_consts, code.co_names, code.co_filename, code.co_name]
    if sys.version_info >= (3, 11):
        parts.append(code.co_qualname)
    else:
        parts += [code.co_varnames, code.co_freevars, code.co_cellvars, code.co_code]
    return parts


def local_names(frame: object) -> "Tuple[List[object], List[object]]":
    """Names and values of the variables of a frame in a frozen copy of the heap. A class body may run in a mapping of the program's own: left out."""
    if type(frame) is not FrameType:
        return [], []
    variables = frame.f_locals
    if type(variables) is not dict:
        if type(variables).__name__ != "FrameLocalsProxy":
            return [], []
        variables = dict(variables)
    return list(variables), list(variables.values())
