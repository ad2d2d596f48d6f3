"""One process under one setting."""

import atexit
import gc
import os
import sys
import time

from ..pause_clock import PauseClock
from .setting import FREEZE, Setting
from .start_up import FreezeAfterStart
from .trial_file import peak_rss_bytes, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Optional


class TrialRun:
    """From the start of the interpreter to its exit handlers, of which ours is the last."""

    def __init__(self, folder: str, setting: str) -> None:
        self._folder, self._setting = folder, Setting(setting)
        self._clock: "Optional[PauseClock]" = PauseClock() if PauseClock.is_possible() else None
        self._freeze: "Optional[FreezeAfterStart]" = None
        self._begin()

    def _begin(self) -> None:
        self._started, self._started_cpu = time.perf_counter(), time.process_time()
        self._file = os.path.join(self._folder, "%d-%d.json" % (os.getpid(), time.time_ns()))
        self._pid = os.getpid()

    def start(self) -> None:
        """Applies the setting and begins to measure."""
        write(self._file, self._figures(ended=False))  # says at once whether the folder can be written
        self._setting.apply()
        if self._setting.text == FREEZE and not self._setting.reason:
            self._freeze = FreezeAfterStart()
            self._freeze.begin()
        if self._clock is not None:
            self._clock.install()
        atexit.register(self._end)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._before_fork, after_in_child=self._in_child)

    def _end(self) -> None:
        try:
            if self._freeze is not None:
                self._freeze.end(freeze=False)
            write(self._file, self._figures(ended=True))
        except Exception:
            pass

    def _before_fork(self) -> None:
        try:
            if self._freeze is not None:
                self._freeze.end(freeze=True)
        except Exception:
            pass

    def _in_child(self) -> None:
        """A forked process is one of its own: what its parent has measured is not its doing."""
        try:
            self._begin()
            if self._clock is not None:
                self._clock.restart()
            write(self._file, self._figures(ended=False))
        except Exception:
            pass

    def _figures(self, ended: bool) -> "Dict[str, object]":
        frozen_at = None if self._freeze is None else self._freeze.frozen_at
        figures: "Dict[str, object]" = {
            "v": 1, "ended": ended, "pid": self._pid, "ppid": os.getppid(), "implementation": sys.implementation.name,
            "python": "%d.%d.%d" % sys.version_info[:3], "setting": self._setting.text, "reason": self._setting.reason,
            "wallMs": (time.perf_counter() - self._started) * 1000, "cpuMs": (time.process_time() - self._started_cpu) * 1000,
            "enabled": gc.isenabled(), "peakRssBytes": peak_rss_bytes(),
            "frozenAfterMs": None if frozen_at is None else max(0.0, (frozen_at - self._started) * 1000),
            "frozenObjects": gc.get_freeze_count() if hasattr(gc, "get_freeze_count") else None,
            "thresholds": list(gc.get_threshold()) if hasattr(gc, "get_threshold") else None,
        }
        if self._clock is not None:
            sums = self._clock.sums()
            figures["pauses"] = [one.pauses for one in sums]
            figures["pauseMs"] = [one.total_ns / 1e6 for one in sums]
            figures["longestPauseMs"] = max([one.longest_ns for one in sums]) / 1e6
            figures["collected"] = [one.collected for one in sums]
        return figures
