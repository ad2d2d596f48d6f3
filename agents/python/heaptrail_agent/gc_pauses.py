"""How long collections stop the program, measured without running a line of Python in it.

A Python function in gc.callbacks would be seen by the program's tracers, would fail at the end of the stack, and,
worst, would be the first bytecode after a long collection: a Ctrl-C waiting there would be raised inside it and
lost. So the callback is put together from C functions alone:

    gc calls partial(setattr, stamp)("start", info)   ->   property `start` of the stamp
        -> operator.getitem(stamp, info)              ->   stamp.__getitem__(info)
        -> next(map(starts.append, clock), info)      ->   starts.append(perf_counter_ns())

(0.12 us an event; `stop` goes by operator.contains.) The thread of the agent reads the two queues.
"""

import gc
import time

from .c_parts import contains, deque, getitem, partial, sub

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Deque, Tuple

# More collections in one second than this are counted by gc.get_stats() alone.
_MOST = 8192


class GcPauseClock:
    """Measures from `install` to `remove`; `take` empties it."""

    __slots__ = ("_starts", "_stops", "_callback")

    def __init__(self) -> None:
        self._starts: "Deque[int]" = deque(maxlen=_MOST)
        self._stops: "Deque[int]" = deque(maxlen=_MOST)
        self._callback = _recorder(self._starts, self._stops)

    def install(self) -> None:
        """Puts the callback where the collector calls it."""
        gc.callbacks.append(self._callback)

    def remove(self) -> None:
        """Takes it out again, by identity: the program's callbacks may have an __eq__."""
        for index in range(len(gc.callbacks) - 1, -1, -1):
            if gc.callbacks[index] is self._callback:
                del gc.callbacks[index]

    def take(self) -> "Tuple[int, float, float]":
        """Number, sum and longest of the pauses (milliseconds) since the last call."""
        starts, stops = self._starts, self._stops
        # A collection was under way when the callback came: its end has no beginning.
        while stops and (not starts or stops[0] < starts[0]):
            stops.popleft()
        count = min(len(starts), len(stops))
        if count == 0:
            return 0, 0.0, 0.0
        ends = [stops.popleft() for _ in range(count)]
        pauses = list(map(sub, ends, [starts.popleft() for _ in range(count)]))
        return count, sum(pauses) / 1e6, max(pauses) / 1e6


def _recorder(starts: "Deque[int]", stops: "Deque[int]") -> "Callable[[str, Any], None]":
    clock = iter(time.perf_counter_ns, None)

    class Stamp:
        """Setting `start` or `stop` appends the time to its queue."""

        __getitem__ = staticmethod(partial(next, map(starts.append, clock)))
        __contains__ = staticmethod(partial(next, map(stops.append, clock)))
        start = property(None, getitem)
        stop = property(None, contains)  # type: ignore[arg-type]  # its answer is thrown away

    callback: "Callable[[str, Any], None]" = partial(setattr, Stamp())
    return callback

