"""Whether restarting the agent's thread right after a fork would make CPython warn the program.

CPython 3.12 and newer warn when a process with several threads forks. 3.13 and 3.14.0 count the threads only
after the parent's at-fork handlers (cpython#137109), so the agent's own restart would be the reason.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, Optional

_COUNTS_LATE = sys.version_info[:2] == (3, 13) or (3, 14) <= sys.version_info[:3] < (3, 14, 2)
_TEXT = "This process (pid=%d) is multi-threaded, use of fork() may lead to deadlocks in the child."


def would_show(caller: "Optional[FrameType]") -> bool:
    """True when a restart now would bring a warning that the program would not have had, and would see."""
    if not _COUNTS_LATE or _threads() > 1:
        return False
    return caller is None or not _is_ignored(caller)


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def _is_ignored(caller: "FrameType") -> bool:
    """What the first filter that matches says; anything unusual counts as not ignored."""
    module = sys.modules.get("warnings") or sys.modules.get("_warnings")
    filters = getattr(module, "filters", None)
    name = caller.f_globals.get("__name__")
    if type(filters) is not list or type(name) is not str:
        return False
    text = _TEXT % os.getpid()
    for entry in filters:
        if type(entry) is not tuple or len(entry) != 5:
            return False
        action, message, category, where, line = entry
        if (
            category in DeprecationWarning.__mro__
            and _matches(message, text)
            and _matches(where, name)
            and line in (0, caller.f_lineno)
        ):
            return bool(action == "ignore")
    return False


def _matches(pattern: "Any", text: str) -> bool:
    """A filter's field: None, a string to equal (the built-in filters), or a compiled expression."""
    if pattern is None:
        return True
    if type(pattern) is str:
        return pattern == text
    return pattern.match(text) is not None
