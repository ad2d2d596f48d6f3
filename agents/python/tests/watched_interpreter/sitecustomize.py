"""Makes any interpreter watch and track from its start on, as a program would that uses the library. For compare_stdlib.py --library.

Every thread that is made is watched, and allocations are traced. With HEAPTRAIL_WATCHED_BY=threads a monitor also looks
for leaks twice a second, and a snapshot is taken every second, in threads of their own. At exit a line of what was seen
goes to the file that HEAPTRAIL_WATCHED names.

In a subinterpreter with a lock of its own it does nothing: CPython cannot trace there, and tracemalloc crashes at its end
(3.12.1, 3.13.0) when such an interpreter, which has ended, was the first to run a file, as it would be with ours.
"""

import atexit
import os
import threading

try:
    import _tracemalloc
except ImportError:
    _tracemalloc = None

_seen = {"leaks": 0, "growth": 0}


def _on_leak(_check):
    _seen["leaks"] += 1


def _on_growth(_comparison):
    _seen["growth"] += 1


def _at_exit(pid=os.getpid()):
    if os.getpid() != pid:
        return
    noted = sum([site.allocated for site in heaptrail.stats()])
    _tracker.snapshot("at exit")
    heaptrail.check_leaks()
    snapshots = len(_tracker.sequence())
    heaptrail.native_held()
    with open(os.environ["HEAPTRAIL_WATCHED"], "a", encoding="utf-8") as file:
        file.write("%d objects watched, %d snapshots kept, %d calls back\n" % (noted, snapshots, _seen["leaks"] + _seen["growth"]))


if os.environ.get("HEAPTRAIL_WATCHED") and _tracemalloc:
    import heaptrail

    heaptrail.track(threading.Thread)
    _tracker = heaptrail.MemoryTracker(keep=5)
    _tracker.__enter__()
    _tracker.baseline()
    if os.environ.get("HEAPTRAIL_WATCHED_BY") == "threads":
        _growth = _tracker.watch_growth(1.0, _on_growth)
        heaptrail.start_monitoring(0.5, _on_leak)
    atexit.register(_at_exit)
