"""A thread that checks for leaks from time to time, and tells each of them once."""

from __future__ import annotations

import gc
from collections import deque
from typing import Any, Callable, Deque, List, Optional, Sequence, Union

from ..background import Background
from ..failure_text import failure_text
from .leak_check import LeakCheck, check
from .records import Record
from .registry import registry

OnLeak = Callable[[LeakCheck], Any]
_MOST_FAILURES = 20
_STOP_SECONDS = 5.0
_SEARCH_SECONDS = 0.5
_PATHS = 5


class Monitoring:
    """The monitor of this process. `checks` were made, `failures` are texts of what callbacks raised, the last 20."""

    def __init__(self) -> None:
        self.checks = 0
        self.failures: Deque[str] = deque(maxlen=_MOST_FAILURES)
        self._callbacks: List[OnLeak] = []
        self._grace = 0.0
        self._collect = False
        self._thread: Optional[Background] = None

    @property
    def running(self) -> bool:
        """False before `start`, after `stop`, and in a forked child."""
        return self._thread is not None and self._thread.running

    def start(self, interval: float, callbacks: List[OnLeak], grace: Optional[float], collect: bool) -> None:
        """Starts the thread, or lets it go on with these settings and these callbacks more."""
        self.stop_thread()
        self._callbacks += [callback for callback in callbacks if not any([callback is known for known in self._callbacks])]
        self._grace, self._collect = interval if grace is None else grace, collect
        self._thread = Background(self.check_now, interval)
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and forgets the callbacks."""
        self.stop_thread()
        del self._callbacks[:]

    def stop_thread(self) -> None:
        """Ends the thread; waits for a check that is under way."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop(_STOP_SECONDS)

    def check_now(self) -> None:
        """One check, and its callbacks. Raises nothing."""
        self.checks += 1
        try:
            if self._collect:
                gc.collect()
            records = registry.records()
            found = check(records, self._grace, _PATHS, _SEARCH_SECONDS, _is_untold)
        except Exception as error:
            self.failures.append("the check failed: " + failure_text(error))
            return
        if not found.leak_count:
            return
        _mark_told(records, found)
        for callback in list(self._callbacks):
            try:
                callback(found)
            except BaseException as error:
                self.failures.append(failure_text(error))


def _is_untold(record: Record) -> bool:
    return not record.told


def _mark_told(records: Sequence[Record], found: LeakCheck) -> None:
    told = {leak.address for leak in found.leaks}
    for record in records:
        thing = record() if callable(record) else None
        if (id(thing) if callable(record) else record.address) in told:
            record.told = True
        del thing


monitoring = Monitoring()


def start_monitoring(
    interval: float = 30.0, on_leak: Union[None, OnLeak, Sequence[OnLeak]] = None, *, grace: Optional[float] = None, collect: bool = False,
) -> None:
    """Checks for leaks every `interval` seconds, in a thread that the program does not see.

    `on_leak`, a function or several, gets a `LeakCheck` of those that it was not told yet; what one raises stops no
    other, and stands in `report()`. An object counts once it is `grace` seconds past its time, the interval where
    nothing is said. `collect=True` makes a full collection before each check, which takes time and runs finalizers.

    Called again while it runs, it adds callbacks and renews the settings. A forked child has no monitor until it
    starts its own. Raises ValueError for an interval that is not above 0.
    """
    if not interval > 0:
        raise ValueError("the interval must be above 0 seconds, not %r" % (interval,))
    callbacks: List[OnLeak] = [] if on_leak is None else [on_leak] if callable(on_leak) else list(on_leak)
    monitoring.start(float(interval), callbacks, grace, collect)


def stop_monitoring() -> None:
    """Ends the monitor and forgets its callbacks. From within a callback it ends after this check."""
    monitoring.stop()


def reset() -> None:
    """Forgets all watched objects and all counts, and ends the monitor. Tracked classes stay tracked."""
    monitoring.stop()
    registry.reset()
    monitoring.checks = 0
    monitoring.failures.clear()
