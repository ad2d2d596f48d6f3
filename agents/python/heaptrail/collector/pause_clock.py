"""What collections cost, added up without running a line of Python in the program.

A Python function in gc.callbacks would be seen by the program's tracers, could fail at the end of the stack, and would
be the first bytecode after a collection: a Ctrl-C waiting there would be raised inside it and lost. So the callbacks
are put together from C functions alone, as in the agent (heaptrail_agent/gc_pauses.py), and the sums as well:

    gc calls partial(setattr, stamp)("stop", info)  ->  property `stop` of the stamp
        ->  operator.contains(stamp, info)          ->  stamp.__contains__(info)
        ->  next(zip(step, step, ...))              ->  one item of each step, in order

A step is an iterator whose items have effects: `map(setitem, repeat(sums), keys, values)` stores the next value under
the next key each time. Its inputs are endless iterators that read what is there now: `iter(partial(getitem, box, 0),
None)` gives what the box holds at that moment.

Needs gc.callbacks, so there is none on PyPy. Loads no module that Python has not loaded itself, because `heaptrail gc`
brings it into programs that have not asked for it.
"""

import gc
import time
from itertools import repeat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import deque
    from functools import partial
    from operator import add, contains, getitem, is_, itemgetter, setitem, sub
    from typing import Any, Deque, Dict, Iterator, List
else:
    try:
        from _collections import deque
        from _functools import partial
        from _operator import add, contains, getitem, is_, itemgetter, setitem, sub
    except ImportError:  # PyPy has them elsewhere
        from collections import deque
        from functools import partial
        from operator import add, contains, getitem, is_, itemgetter, setitem, sub

GENERATIONS = 3
_MOST_RECENT = 4096
_FIELDS = ("pauses", "total_ns", "longest_ns", "collected", "uncollectable")


class PauseSums:
    """Sums of one generation since the clock was installed: numbers of pauses and objects, times in nanoseconds."""

    __slots__ = _FIELDS

    def __init__(self, pauses: int, total_ns: int, longest_ns: int, collected: int, uncollectable: int) -> None:
        self.pauses, self.total_ns, self.longest_ns = pauses, total_ns, longest_ns
        self.collected, self.uncollectable = collected, uncollectable


class PauseClock:
    """Measures from `install` to `remove`. `recent_ns` are the last 4096 pauses, in order."""

    def __init__(self) -> None:
        self.recent_ns: "Deque[int]" = deque(maxlen=_MOST_RECENT)
        self._sums: "Dict[str, List[int]]" = {name: [0] * GENERATIONS for name in _FIELDS}
        self._started: "Deque[int]" = deque(maxlen=1)
        self._callbacks = _callbacks(self._started, self.recent_ns, self._sums)

    @staticmethod
    def is_possible() -> bool:
        """False where the collector calls nobody (PyPy)."""
        return hasattr(gc, "callbacks")

    def install(self) -> None:
        """Puts the callbacks where the collector calls them."""
        self._started.append(time.perf_counter_ns())  # should a collection be under way, which only ends
        gc.callbacks.extend(self._callbacks)

    def remove(self) -> None:
        """Takes them out again, by identity: the program's callbacks may have an __eq__."""
        for index in range(len(gc.callbacks) - 1, -1, -1):
            if any(gc.callbacks[index] is callback for callback in self._callbacks):
                del gc.callbacks[index]

    def sums(self) -> "List[PauseSums]":
        """Of each generation, the youngest first."""
        return [PauseSums(*[self._sums[name][generation] for name in _FIELDS]) for generation in range(GENERATIONS)]

    def restart(self) -> None:
        """Forgets what was added up; for a forked child."""
        for sums in self._sums.values():
            sums[:] = [0] * GENERATIONS
        self.recent_ns.clear()


def _callbacks(started: "Deque[int]", recent: "Deque[int]", sums: "Dict[str, List[int]]") -> "List[Any]":
    """Two for gc.callbacks, in this order: one keeps what the collector tells, the other measures and adds up."""
    told: "Deque[Dict[str, int]]" = deque(maxlen=1)
    clock = iter(time.perf_counter_ns, None)

    def now_in(box: "Deque[Any]", at: int) -> "Iterator[Any]":
        return iter(partial(getitem, box, at), None)

    def field(name: str) -> "Iterator[int]":
        return map(itemgetter(name), now_in(told, 0))

    def update(name: str, how: "Any", values: "Iterator[int]") -> "Iterator[Any]":
        into = sums[name]
        former = map(getitem, repeat(into), field("generation"))
        return map(setitem, repeat(into), field("generation"), map(how, former, values))

    steps = zip(
        map(recent.append, map(sub, clock, now_in(started, 0))),
        update("pauses", add, repeat(1)),
        update("total_ns", add, now_in(recent, -1)),
        update("longest_ns", max, now_in(recent, -1)),
        update("collected", add, field("collected")),
        update("uncollectable", add, field("uncollectable")),
    )

    class Teller:
        """Keeps what is told at each stop."""

        __contains__ = staticmethod(told.append)
        start = property(None, is_)  # type: ignore[arg-type]  # any C function of two arguments does nothing here
        stop = property(None, contains)  # type: ignore[arg-type]

    class Stamp:
        """Notes the time at each start, and adds up at each stop."""

        __getitem__ = staticmethod(partial(next, map(started.append, clock)))
        __contains__ = staticmethod(partial(next, steps))
        start = property(None, getitem)
        stop = property(None, contains)  # type: ignore[arg-type]

    return [partial(setattr, Teller()), partial(setattr, Stamp())]
