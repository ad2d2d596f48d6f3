"""What kind of collector this interpreter has, and what is different about it."""

from __future__ import annotations

import sys
from typing import Any, Dict, NamedTuple, Tuple

_PYPY = (
    "PyPy has no reference counts: every object waits for the collector, which works in small steps. gc_paused() keeps it "
    "from major collections, so that memory grows by everything that is dropped meanwhile",
    "PyPy has no thresholds, generations and freeze; the PYPY_GC_... variables of the environment set it up",
    "PyPy has no gc.callbacks: the time lost is what PyPy itself has added up, and there are no single pauses",
)
_FREE_THREADED = (
    "free-threaded build: there is one generation, and each collection stops all threads and looks at every object",
    "free-threaded build: only the first threshold counts, and a collection also waits until as many objects as a "
    "quarter of all that live are new",
)
_INCREMENTAL = (
    "this version collects the old generation in increments: generation 1 are increments, only gc.collect() looks at all at once",
)


class Runtime(NamedTuple):
    """Which interpreter this is. `differences` are sentences about what other interpreters do not do."""

    implementation: str
    version: str
    free_threaded: bool
    differences: Tuple[str, ...]

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {**self._asdict(), "differences": list(self.differences)}


def runtime() -> Runtime:
    """The interpreter that runs this."""
    name, version = sys.implementation.name, sys.version_info
    free_threaded = "t" in getattr(sys, "abiflags", "")
    differences: Tuple[str, ...] = ()
    if name == "pypy":
        differences = _PYPY
    elif free_threaded:
        differences = _FREE_THREADED
    elif has_increments():
        differences = _INCREMENTAL
    return Runtime(name, "%d.%d.%d" % (version[0], version[1], version[2]), free_threaded, differences)


def has_increments() -> bool:
    """True for 3.14's collector, whose second threshold is none of a generation."""
    import gc

    return sys.version_info >= (3, 14) and sys.implementation.name == "cpython" and gc.get_threshold()[2] == 0
