"""A dump in a cloned child: the program pauses for the clone alone."""

import gc
import os
import sys
import time

from .clone import WAIT_FOR_CLONES, Cloner
from .results import DumpResult
from .untraced import stop_tracing_this_thread
from .walk import WalkOrder, walk_heap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

_SIGKILL = 9
# A child that has not written by then hangs in a lock that it copied: it is ended and made again.
_FIRST_BYTES_SECONDS = 4.0
_MOST_TRIES = 3
_FULL_DISK = 28  # ENOSPC


class ChildDump:
    """One child at work. `poll` never waits; after it has given a result it must not be called again."""

    def __init__(self, cloner: Cloner, path: str, sequence: int, deadline_ms: float, keep_strings: bool) -> None:
        self._cloner = cloner
        self._part = path + ".part"
        self._deadline_ms = deadline_ms
        self._keep_strings = keep_strings
        self._tries = 0
        self._pid = 0
        self._began = 0.0
        self.result = DumpResult(sequence, path, "forked-child", time.time() * 1000)
        self._clone()

    @property
    def pause_ms(self) -> float:
        return self.result.pauseMs

    def poll(self) -> "Optional[DumpResult]":
        elapsed_ms = (time.monotonic() - self._began) * 1000
        self.result.wallMs = elapsed_ms
        ended = self._reap()
        if ended is None:
            if elapsed_ms > self._deadline_ms:
                self._kill()
                return self._failed("HEAPTRAIL_DUMP_DEADLINE", "the child was ended at its deadline of %d ms" % self._deadline_ms)
            if elapsed_ms > _FIRST_BYTES_SECONDS * 1000 and not self._has_written():
                self._kill()
                return self._again("the child hung before its first byte")
            return None
        status, cpu_ms = ended
        self.result.childCpuMs = cpu_ms
        if status == 0 and self._publish():
            self.result.status = "done"
            return self.result
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _FULL_DISK:
            return self._failed("HEAPTRAIL_DUMP_NO_SPACE", "no room on the disk for the dump")
        if os.WIFEXITED(status):
            return self._failed("HEAPTRAIL_DUMP_FAILED", "the child failed with status %d" % os.WEXITSTATUS(status))
        return self._failed("HEAPTRAIL_DUMP_KILLED", "the child was killed by signal %d" % os.WTERMSIG(status))

    def abort(self) -> None:
        self._kill()
        _remove(self._part)

    def _clone(self) -> None:
        self._tries += 1
        self._began = time.monotonic()
        self.result.atMs = time.time() * 1000
        parent = os.getpid()
        self._pid, pause_ms = self._cloner.clone()
        if self._pid == 0:
            _be_child(self._cloner, self._part, parent, int(self._deadline_ms / 1000) + 2, self._order(parent))
        self.result.pauseMs = pause_ms

    def _order(self, pid: int) -> WalkOrder:
        return WalkOrder(self.result.sequence, self.result.atMs, self._keep_strings, True, pid)

    def _reap(self) -> "Optional[tuple[int, float]]":
        """Wait status and CPU time of the child once it has ended."""
        try:
            pid, status, usage = os.wait4(self._pid, os.WNOHANG | WAIT_FOR_CLONES)
        except ChildProcessError:
            # Somebody in the program waits for clones too; whether the dump is whole shows in its file.
            return 0, 0.0
        if pid == 0:
            return None
        return status, (usage.ru_utime + usage.ru_stime) * 1000

    def _has_written(self) -> bool:
        try:
            return os.stat(self._part).st_size > 0
        except OSError:
            return False

    def _kill(self) -> None:
        try:
            os.kill(self._pid, _SIGKILL)
            os.waitpid(self._pid, WAIT_FOR_CLONES)
        except OSError:
            pass

    def _publish(self) -> bool:
        try:
            os.rename(self._part, self.result.path)
            return True
        except OSError:
            return False

    def _again(self, why: str) -> "Optional[DumpResult]":
        _remove(self._part)
        if self._tries >= _MOST_TRIES:
            return self._failed("HEAPTRAIL_DUMP_HANGS", why + ", %d times" % self._tries)
        try:
            self._clone()
        except OSError:
            return self._failed("HEAPTRAIL_DUMP_NO_CHILD", "no process could be made")
        return None

    def _failed(self, code: str, text: str) -> DumpResult:
        """What was written up to then stays, for a reader can use every whole block."""
        self.result.code = code
        self.result.text = text
        if self._has_written():
            self._publish()
        else:
            _remove(self._part)
        return self.result


def _be_child(cloner: Cloner, part: str, parent: int, deadline_seconds: int, order: WalkOrder) -> None:
    """Never returns."""
    status = 1
    try:
        gc.disable()
        sys.setswitchinterval(1000.0)
        cloner.settle(deadline_seconds)
        stop_tracing_this_thread()
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for _ in walk_heap(descriptor, order):
            if os.getppid() != parent:
                os._exit(1)
        status = 0
    except OSError as error:
        status = error.errno if error.errno is not None and 0 < error.errno < 126 else 1
    except BaseException:
        status = 1
    finally:
        os._exit(status)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
