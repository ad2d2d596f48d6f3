"""Heap dumps of this process (`protocol/heap-dump.md`), by a child that the program does not see or, failing that, in slices."""

from .in_child import ChildDump
from .in_process import SlicedDump
from .clone import Cloner
from .results import DumpResult, code_of
from .room import room_for_copy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional, Union

    PendingDump = Union[ChildDump, SlicedDump, "FailedDump"]

__all__ = ["Dumper", "DumpResult"]


class Dumper:
    """Takes dumps, one at a time. Nothing here raises; what goes wrong is in the result."""

    def __init__(self, *, keep_strings: bool) -> None:
        self._keep_strings = keep_strings
        self._cloner: "Optional[Cloner]" = None

    def start(self, path: str, sequence: int, deadline_ms: float, mode: str) -> "PendingDump":
        """Begins a dump into `path` and returns at once; `mode` is `auto` or `in-process`."""
        try:
            why = self._why_not_in_child(mode)
            if why is None:
                assert self._cloner is not None
                try:
                    return ChildDump(self._cloner, path, sequence, deadline_ms, self._keep_strings)
                except OSError:
                    why = "no process could be made"
            return SlicedDump(path, sequence, deadline_ms, self._keep_strings, why)
        except OSError as error:
            return FailedDump(sequence, path, *code_of(error.errno))
        except Exception:
            return FailedDump(sequence, path, "HEAPTRAIL_DUMP_FAILED", "the dump could not be started")

    def _why_not_in_child(self, mode: str) -> "Optional[str]":
        if mode == "in-process":
            return "as ordered"
        if self._cloner is None:
            self._cloner = Cloner()
        if not self._cloner.available:
            return "no hidden child can be made on this system"
        return room_for_copy()


class FailedDump:
    """A dump that could not even begin."""

    pause_ms = 0.0

    def __init__(self, sequence: int, path: str, code: str, text: str) -> None:
        self.result = DumpResult(sequence, path, "in-process", 0.0)
        self.result.code = code
        self.result.text = text

    def poll(self) -> DumpResult:
        return self.result

    def abort(self) -> None:
        """There is nothing to end."""
