"""Places in source code, and which code is heaptrail's own."""

from __future__ import annotations

import os
from types import CodeType
from typing import NamedTuple

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_STANDARD_LIBRARY = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
_INSTALLED = ("%ssite-packages%s" % (os.sep, os.sep), "%sdist-packages%s" % (os.sep, os.sep))


class Place(NamedTuple):
    """A line of a function. `file` as the code object has it."""

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        return "%s:%d in %s" % (short_file(self.file), self.line, self.function)


def is_own_code(code: CodeType) -> bool:
    """Code of this package."""
    return code.co_filename.startswith(_PACKAGE)


def is_library_file(file: str) -> bool:
    """The standard library and generated code; not what is installed beside it."""
    if file.startswith("<"):
        return True
    return file.startswith(_STANDARD_LIBRARY) and not any([part in file for part in _INSTALLED])


def short_file(file: str) -> str:
    """Relative to the folder of installed packages, of the standard library or of the process; else as it is."""
    for part in _INSTALLED:
        at = file.rfind(part)
        if at >= 0:
            return file[at + len(part) :]
    if file.startswith(_STANDARD_LIBRARY):
        return file[len(_STANDARD_LIBRARY) :]
    try:
        here = os.getcwd() + os.sep
    except OSError:
        return file
    return file[len(here) :] if file.startswith(here) else file
