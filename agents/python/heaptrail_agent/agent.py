"""The agent: one thread, one connection, and what the host may ask of them."""

import os
import sys
import time

from .detail import detail_frame
from .dumping import Dumping
from .gc_pauses import GcPauseClock
from .governor import Governor
from .process_identity import ProcessIdentity
from .reconnection import Reconnection
from .sample import Sampler
from .tracing import Tracing
from .wire import Wire
from .worker import Worker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional

# How often the thread looks for commands, and how often it serves a dump that is under way.
_LOOK_SECONDS = 0.1
_DUMP_LOOK_SECONDS = 0.05
_EXIT_SECONDS = 0.05
_FORK_SECONDS = 0.06


class Agent:
    """Everything of the agent in one process. `active` turns false, for good, when it goes quiet."""

    def __init__(self, socket_path: str, keep_strings: bool) -> None:
        self.active = False
        self.worker = Worker(self._work, self._end)
        self._socket_path = socket_path
        self._identity = ProcessIdentity()
        self._reason = "start"
        self._wire = Wire(socket_path)
        self._reconnection = Reconnection()
        self._pauses = GcPauseClock()
        self._sampler = Sampler(self._pauses)
        self._tracing = Tracing()
        self._dumping = Dumping(keep_strings)
        self._governor: "Optional[Governor]" = None
        self._greeted = False
        self._leaving = False
        self._thread_is_new = True
        self._detail_wanted = False
        self._next_sample_at = 0.0
        self._late_signals: "List[int]" = []

    # What the program's threads call: at start, around fork, at exit.

    def start(self) -> bool:
        """Connects and starts the thread; False, and nothing is left behind, when there is no host."""
        if not self._wire.open(alone=True):
            return False
        # At once, and here: a program that dies in its first line was watched all the same.
        self._greet()
        self._pauses.install()
        self.active = True
        self.deliver_again(self.worker.start())
        return True

    def pause(self) -> None:
        """Ends the thread before a fork."""
        self.worker.stop(_FORK_SECONDS)

    def resume(self, late: bool) -> None:
        """Brings the thread back in the parent; `late` when it must not be there at once."""
        if not self.active:
            return
        if not self.worker.stop(_FORK_SECONDS):
            self.worker.stopping = False  # it never heard of the pause
        elif late:
            self.worker.start_late()
        else:
            self.deliver_again(self.worker.start())

    def become_child(self) -> None:
        """Starts anew in a forked child, which has neither the thread nor a right to the parent's connection."""
        if not self.active:
            return
        self.worker = Worker(self._work, self._end)
        self._wire.close()
        self._wire = Wire(self._socket_path)
        self._reconnection = Reconnection()
        self._reason = "fork"
        self._identity.forked()
        self._dumping.forget()
        self._sampler.forget_threads()
        self._governor = None
        self._greeted = self._leaving = self._detail_wanted = False
        self._next_sample_at = 0.0
        self._pauses.take()
        if self._wire.open(alone=True):
            self._greet()
            self.deliver_again(self.worker.start())
        else:
            self._go_quiet()

    def leave(self) -> None:
        """At exit: the last figures and a goodbye, for as long as nobody minds."""
        if self.active:
            self._leaving = True
            self.worker.leave(_EXIT_SECONDS)
            self.active = False

    def deliver_again(self, numbers: "List[int]") -> None:
        """Has signals sent again from the thread, once the program is back in its own code."""
        if numbers:
            self._late_signals.extend(numbers)
            self.worker.hasten()
            self.worker.wake()

    # What the agent's thread does.

    def _work(self) -> float:
        """One turn of the thread, or its last when anything goes wrong."""
        try:
            if self._governor is None:
                self._governor = Governor()
            elif self._thread_is_new:
                self._governor.begin_thread()
            self._thread_is_new = False
            return self._turn(self._governor)
        except BaseException:
            self._go_quiet()
            return 0.0

    def _end(self) -> None:
        """The last call in a thread: before a fork, at exit, or after going quiet."""
        self._thread_is_new = True
        if self._leaving and self.active:
            self._say_goodbye(self._governor or Governor())

    def _turn(self, governor: Governor) -> float:
        """One round of the thread; returns how long it may sleep."""
        self._send_late_signals()
        _shed_tracers()
        if not self._greeted:
            self._greet()
        self._wire.connect()
        self._wire.flush()
        for command in self._wire.receive():
            self._obey(command)
        if self._dumping.under_way:
            governor.settle()
            self._serve_dump()
            governor.settle(charged=False)
        if time.monotonic() >= self._next_sample_at:
            self._send_sample(governor)
        if self._detail_wanted and not governor.in_debt:
            self._detail_wanted = False
            self._wire.send(detail_frame(self.worker))
            governor.settle()
        if self._wire.lost:
            self._reconnect_or_end()
        wait = _DUMP_LOOK_SECONDS if self._dumping.under_way else _LOOK_SECONDS
        return max(0.001, min(wait, self._next_sample_at - time.monotonic()))

    def _greet(self) -> None:
        self._greeted = True
        frame = self._identity.hello(self._reason, self._tracing.is_foreign())
        if self._reconnection.count:
            frame["reconnected"] = True
        self._wire.send(frame)

    def _send_sample(self, governor: Governor) -> None:
        frame = self._sampler.frame()
        governor.settle()
        interval = governor.interval_seconds()
        frame["agentCpuMs"] = round(governor.total_cpu_seconds * 1000, 3)
        frame["intervalMs"] = round(interval * 1000)
        frame["dropped"] = self._wire.dropped
        self._wire.send(frame)
        self._next_sample_at = time.monotonic() + interval

    def _serve_dump(self) -> None:
        frame = self._dumping.poll()
        if frame is not None:
            self._wire.send(frame)

    def _obey(self, command: "Dict[str, Any]") -> None:
        name = command.get("c")
        if name == "detail":
            self._detail_wanted = True
        elif name == "dump":
            answer = self._dumping.start(command, _now_ms())
            if answer is not None:
                self._wire.send(answer)
        elif name == "trace":
            refusal = self._tracing.switch(command.get("on") is True, int(command.get("frames") or 1))
            if refusal is not None:
                code, text = refusal
                self._wire.send({"t": "event", "atMs": _now_ms(), "code": code, "text": text})
        elif name == "quiet":
            self._go_quiet()

    def _reconnect_or_end(self) -> None:
        if not self._wire.displaced or not self._reconnection.is_possible():
            self._go_quiet()
        elif self._reconnection.is_due():
            dropped = self._wire.dropped
            self._wire = Wire(self._socket_path)
            self._wire.dropped = dropped
            self._greeted = False
            self._next_sample_at = 0.0
            if not self._wire.open(alone=False):
                self._go_quiet()

    def _say_goodbye(self, governor: Governor) -> None:
        self._dumping.abort()
        self._send_sample(governor)
        self._wire.send({"t": "bye", "reason": "exit"})
        self._wire.close()
        self._pauses.remove()

    def _go_quiet(self) -> None:
        """Leaves nothing behind but the imported modules."""
        self.active = False
        self.worker.stopping = True
        self._dumping.abort()
        self._tracing.end()
        self._pauses.remove()
        self._wire.close()

    def _send_late_signals(self) -> None:
        if self._late_signals:
            time.sleep(0.002)  # lets the thread that took them leave its handler
            numbers, self._late_signals = self._late_signals, []
            for number in numbers:
                os.kill(os.getpid(), number)


def _now_ms() -> float:
    return round(time.time() * 1000, 3)


def _shed_tracers() -> None:
    """A program that sets a tracer for all threads (3.12) does not mean this one."""
    if sys.gettrace() is not None:
        sys.settrace(None)
    if sys.getprofile() is not None:
        sys.setprofile(None)
