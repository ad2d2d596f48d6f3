"""Which allocations are heaptrail's own: they are never shown as the program's."""

from __future__ import annotations

import os


def is_own(filename: str) -> bool:
    """True for a file of this package, or of the agent that `heaptrail run` injects from the folder beside it."""
    return filename.startswith(_FOLDERS)


# Taken from a code object and not from __file__, so that it has the very form that tracebacks have.
_PACKAGE = os.path.dirname(os.path.dirname(is_own.__code__.co_filename))
_FOLDERS = (_PACKAGE + os.sep, os.path.join(os.path.dirname(_PACKAGE), "heaptrail_agent") + os.sep)
