"""The error of everything here that needs tracemalloc, where there is none."""

from __future__ import annotations

import sys


class TracingUnavailableError(RuntimeError):
    """This interpreter has no tracemalloc: it is not CPython, or was built without it, or is a subinterpreter that may not."""

    code = "HEAPTRAIL_TRACING_UNAVAILABLE"

    def __init__(self) -> None:
        name = "%s %d.%d" % (sys.implementation.name, sys.version_info[0], sys.version_info[1])
        if sys.implementation.name == "cpython":
            text = (
                "this interpreter of %s cannot load tracemalloc, as no subinterpreter with a lock of its own can. "
                "Trace in the main interpreter to see which lines allocate." % name)
        else:
            text = (
                "allocations can be traced by CPython only; this is %s, which has no tracemalloc. "
                "Run the program with CPython to see which lines allocate." % name)
        super().__init__(text)
