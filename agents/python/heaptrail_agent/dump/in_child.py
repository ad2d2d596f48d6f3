"""A dump in a cloned child: the program pauses for the clone alone."""

import gc
import os
import sys
import time

from .at_fork import at_fork_tables
from .blocks import StillDisk
from .clone import WAIT_FOR_CLONES, Cloner
from .results import DumpResult, code_of
from .untraced import stop_tracing_this_thread
from .walk import WalkOrder, walk_heap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

_SIGKILL = 9
# A child never sleeps; one that has not run for so long hangs in a lock that it copied: it is ended and made again.
_ASLEEP_SECONDS = 0.6
_MOST_TRIES = 5
# The child's status is the number of the system's error, or this.
_NO_ERROR_NUMBER = 200


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
            if self._sleeps():
                self._kill()
                return self._again("the child hung in a lock that it copied")
            return None
        status, cpu_ms = ended
        self.result.childCpuMs = cpu_ms
        if status == 0 and self._publish():
            self.result.status = "done"
            return self.result
        if os.WIFEXITED(status):
            return self._failed(*code_of(os.WEXITSTATUS(status)))
        return self._failed("HEAPTRAIL_DUMP_KILLED", "the child was killed by signal %d" % os.WTERMSIG(status))

    def abort(self) -> None:
        self._kill()
        _remove(self._part)

    def _clone(self) -> None:
        self._tries += 1
        self._began = time.monotonic()
        self.result.atMs = time.time() * 1000
        self._slept: "Optional[tuple[bytes, float]]" = None
        parent = os.getpid()
        self._pid, pause_ms = self._cloner.clone()
        if self._pid == 0:
            _be_child(self._cloner, os.fsencode(self._part), parent, int(self._deadline_ms / 1000) + 2, self._order(parent))
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

    def _sleeps(self) -> bool:
        """Has it been waiting since an earlier look, without a moment of CPU time in between?"""
        state = _state_of(self._pid)
        if state is None:
            self._slept = None
            return False
        now = time.monotonic()
        if self._slept is None or self._slept[0] != state:
            self._slept = (state, now)
        return now - self._slept[1] > _ASLEEP_SECONDS

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


def _be_child(cloner: Cloner, part: bytes, parent: int, deadline_seconds: int, order: WalkOrder) -> None:
    """Never returns."""
    status = _NO_ERROR_NUMBER
    try:
        gc.disable()
        sys.setswitchinterval(1000.0)
        cloner.settle(deadline_seconds)
        stop_tracing_this_thread()
        order.at_fork = at_fork_tables()
        order.still = cloner.calls
        for _ in walk_heap(StillDisk(cloner.calls.open(part), cloner.calls), order):
            if os.getppid() != parent:
                os._exit(1)
        status = 0
    except OSError as error:
        status = error.errno if error.errno is not None and 0 < error.errno < _NO_ERROR_NUMBER else _NO_ERROR_NUMBER
    except BaseException:
        status = _NO_ERROR_NUMBER
    finally:
        os._exit(status)


def _state_of(pid: int) -> "Optional[bytes]":
    """CPU time of a process that waits for something other than a disk; None while it runs, or where that cannot be known."""
    try:
        descriptor = os.open("/proc/%d/stat" % pid, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fields = os.read(descriptor, 1024).rpartition(b")")[2].split()
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return b" ".join(fields[11:13]) if fields[0] == b"S" else None


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
