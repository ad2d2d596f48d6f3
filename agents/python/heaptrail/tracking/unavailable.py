"""The error of everything here that needs tracemalloc, where there is none."""

from __future__ import annotations

import sys


class TracingUnavailableError(RuntimeError):
    """This interpreter has no tracemalloc: it is not CPython, or was built without it."""

    code = "HEAPTRAIL_TRACING_UNAVAILABLE"

    def __init__(self) -> None:
        name = sys.implementation.name
        super().__init__(
            "allocations can be traced by CPython only; this is %s %d.%d, which has no tracemalloc. "
            "Run the program with CPython to see which lines allocate." % (name, sys.version_info[0], sys.version_info[1]))
