"""A dump in slices inside the program: slower, without exact reference counts, for where no child can be made.

A slice cannot be shorter than one step of C: the collector's list of all objects (3 ms for 300 000) and the copy of one
list, set or dict, however large, are each a single one. An object that dies while the walk goes on may leave its
address to another, which is then taken for it.
"""

import os
import time

from .blocks import Disk
from .results import DumpResult, code_of
from .walk import WalkOrder, walk_heap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator, Optional

_SLICE_SECONDS = 0.004


class SlicedDump:
    """Each `poll` walks for a few milliseconds. Objects that are still to be visited are held meanwhile, and let go in the agent's thread."""

    def __init__(self, path: str, sequence: int, deadline_ms: float, keep_strings: bool, why: str) -> None:
        self._part = path + ".part"
        self._deadline_ms = deadline_ms
        self._began = time.monotonic()
        self._cpu_ms = 0.0
        self._descriptor = -1
        self.result = DumpResult(sequence, path, "in-process", time.time() * 1000)
        self.result.code = "HEAPTRAIL_DUMP_IN_PROCESS"
        self.result.text = "walked inside the program, in slices: " + why
        order = WalkOrder(sequence, self.result.atMs, keep_strings, False, os.getpid())
        # A high number, opened for each dump and closed after it: the program's own numbers stay as they were.
        self._descriptor = _open_high(self._part)
        self._walk: "Optional[Iterator[None]]" = walk_heap(Disk(self._descriptor), order)
        order.leave_out += [self, self._walk]

    @property
    def pause_ms(self) -> float:
        return self.result.pauseMs

    def poll(self) -> "Optional[DumpResult]":
        result = self.result
        result.wallMs = (time.monotonic() - self._began) * 1000
        if result.wallMs > self._deadline_ms:
            return self._ended(False, "HEAPTRAIL_DUMP_DEADLINE", "the walk was ended at its deadline of %d ms" % self._deadline_ms)
        try:
            if not self._slice():
                return None
        except OSError as error:
            return self._ended(False, *code_of(error.errno))
        except Exception:
            return self._ended(False, "HEAPTRAIL_DUMP_FAILED", "the walk failed")
        return self._ended(True, result.code, result.text)

    def abort(self) -> None:
        self._ended(False, None, None)
        try:
            os.unlink(self.result.path)
        except OSError:
            pass

    def _slice(self) -> bool:
        """True when the walk is over."""
        began = time.perf_counter()
        over = True
        for _ in self._walk or ():
            if time.perf_counter() - began > _SLICE_SECONDS:
                over = False
                break
        spent_ms = (time.perf_counter() - began) * 1000
        self.result.pauseMs = max(self.result.pauseMs, spent_ms)
        self._cpu_ms += spent_ms
        return over

    def _ended(self, whole: bool, code: "Optional[str]", text: "Optional[str]") -> DumpResult:
        self._walk = None
        result = self.result
        result.status = "done" if whole else "failed"
        result.childCpuMs = self._cpu_ms
        result.code, result.text = code, text
        try:
            os.close(self._descriptor)
            if whole or os.stat(self._part).st_size > 0:
                os.rename(self._part, result.path)
            else:
                os.unlink(self._part)
        except OSError:
            result.status = "failed"
        return result


def _open_high(path: str) -> int:
    import fcntl

    low = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        return fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, max(3, min(os.sysconf("SC_OPEN_MAX"), 4096) - 40))
    except OSError:
        return os.dup(low)
    finally:
        os.close(low)
