"""What heaptrail and the tools of others do, each in a process of its own on the same heap: `python rival_tasks.py TASK`.

A task is a function that gets the heap and returns what it found, as a short text. The child prints one line of JSON:
CPU seconds, bytes by which the peak of the resident memory rose, bytes that stayed, and the text. For rivals.py.
"""

import gc
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

SESSIONS = int(os.environ.get("BENCH_SESSIONS", "20000"))
WATCHED = 20_000


class Session:
    def __init__(self, number):
        self.number = number
        self.rows = [[number, column] for column in range(4)]
        self.by_name = {"user": "user %d" % number, "rows": self.rows}
        self.parent = None


class Heap:
    """A registry of sessions, every tenth in a cycle with a child."""

    def __init__(self, sessions):
        self.sessions = {number: Session(number) for number in range(sessions)}
        for number in range(0, sessions, 10):
            session = self.sessions[number]
            session.child = Session(-number)
            session.child.parent = session


registry = None  # the heap: a name of this module, as a program's own registry would be


def leave_garbage(knots):
    for number in range(knots):
        session = Session(number)
        session.parent = session


# Watching: many objects, noted one after the other.

def _watching(note):
    def task(_heap):
        kept = [Session(number) for number in range(WATCHED)]
        gc.collect()
        before = memory("VmRSS")
        begun = time.process_time()
        for thing in kept:
            note(thing)
        seconds = time.process_time() - begun
        return seconds / WATCHED, (memory("VmRSS") - before) // WATCHED, "%d objects, all alive" % len(kept)
    return task


def watch_heaptrail():
    import heaptrail
    return _watching(heaptrail.watch)


def watch_pympler():
    from pympler.classtracker import ClassTracker
    return _watching(ClassTracker().track_object)


def watch_weakref():
    import weakref
    kept = []
    return _watching(lambda thing: kept.append(weakref.ref(thing)))


# One look at all objects.

def census_heaptrail():
    from heaptrail.tracking.growth.census import take_census
    return lambda heap: take_census().counts and "counts of every type, entries of containers"


def census_objgraph():
    import objgraph
    return lambda heap: "%d types" % len(objgraph.typestats())


def census_pympler():
    from pympler import muppy, summary
    return lambda heap: "%d types with sizes" % len(summary.summarize(muppy.get_objects()))


def census_guppy():
    from guppy import hpy
    heapy = hpy()
    return lambda heap: "%d kinds with sizes" % len(heapy.heap().parts)


def census_collector():
    from collections import Counter
    return lambda heap: "%d types" % len(Counter(map(type, gc.get_objects())))


# Who holds one object.

def _one(heap):
    return heap.sessions[SESSIONS // 2].rows[2]


def holders_heaptrail():
    import heaptrail
    return lambda heap: str(heaptrail.holders(_one(heap)).paths[0])


def holders_objgraph():
    import objgraph

    def task(heap):
        chain = objgraph.find_backref_chain(_one(heap), objgraph.is_proper_module)
        return " <- ".join([type(thing).__name__ for thing in reversed(chain)])
    return task


def holders_pympler():
    import io
    from pympler import refbrowser

    def task(heap):
        out = io.StringIO()
        refbrowser.StreamBrowser(_one(heap), maxdepth=5, str_func=lambda thing: type(thing).__name__, repeat=False, stream=out).print_tree()
        return "tree of %d lines, 5 levels deep" % len(out.getvalue().splitlines())
    return task


def holders_guppy():
    from guppy import hpy
    heapy = hpy()

    def task(heap):
        lines = [line.strip() for line in str(heapy.iso(_one(heap)).shpaths).splitlines() if line.strip().startswith("0:")]
        return lines[0] if lines else "no path"
    return task


# Knots and garbage.

def cycles_heaptrail():
    import heaptrail

    def task(_heap):
        found = heaptrail.cycles()
        return "%d knots of %d kinds, each with an example" % (found.knots, len(found.kinds))
    return task


def garbage_heaptrail():
    import heaptrail
    return lambda heap: "%d objects, nothing freed, no finalizer run" % heaptrail.garbage().objects


def garbage_pympler():
    from pympler.garbagegraph import GarbageGraph
    return lambda heap: "%d objects (runs a collection with DEBUG_SAVEALL)" % len(GarbageGraph(collectable=True).metadata)


def garbage_collect():
    return lambda heap: "%d objects freed" % gc.collect()


# Held from C.

def native_heaptrail():
    import heaptrail
    return lambda heap: "%d types" % len(heaptrail.native_held().rows)


def native_objgraph():
    import objgraph
    return lambda heap: "%d objects that no listed object refers to" % len(objgraph.get_leaking_objects())


# Which lines allocate: one snapshot, and what tracing costs the program.

def _allocating(times=40):
    kept = []
    for _ in range(times):
        kept = [[number] for number in range(20_000)]
    return len(kept)


def _tracked():
    import heaptrail
    tracker = heaptrail.MemoryTracker()
    tracker.__enter__()
    tracker.baseline()
    return tracker


def snapshot_heaptrail():
    tracker = _tracked()
    heap = Heap(SESSIONS // 4)
    return lambda _heap: heap is not None and type(tracker.snapshot("a")).__name__


def snapshot_tracemalloc():
    import tracemalloc
    tracemalloc.start(1)
    heap = Heap(SESSIONS // 4)
    return lambda _heap: heap is not None and "%d lines" % len(tracemalloc.take_snapshot().statistics("lineno"))


def tracing_nothing():
    return lambda _heap: "%d" % _allocating()


def tracing_heaptrail():
    tracker = _tracked()
    return lambda _heap: tracker is not None and "%d" % _allocating()


def tracing_tracemalloc():
    import tracemalloc
    tracemalloc.start(1)
    return tracing_nothing()


def tracing_memray():
    import tempfile
    import memray

    def task(_heap):
        path = os.path.join(tempfile.mkdtemp(), "run.bin")
        with memray.Tracker(path, trace_python_allocators=True):
            return "%d, file of %d KiB" % (_allocating(), os.path.getsize(path) // 1024)
    return task


# Does a function leak, and where.

def _leaky():
    kept = []

    def function():
        kept.append(Session(1))
    return function


def growth_heaptrail():
    import heaptrail
    function = _leaky()

    def task(_heap):
        found = heaptrail.analyze_growth(function)()
        file, line = found.lines[0].stack[0]
        return "%s after %d calls, %s:%d, %s" % (found.verdict, found.repetitions, os.path.basename(file), line, ", ".join([one.type_name for one in found.types]))
    return task


def growth_objgraph():
    import objgraph
    function = _leaky()

    def task(_heap):
        objgraph.growth()
        for _ in range(100):
            function()
        return ", ".join(["%s +%d" % (name, change) for name, _, change in objgraph.growth(limit=3)])
    return task


def growth_pympler():
    from pympler import tracker
    function = _leaky()

    def task(_heap):
        mine = tracker.SummaryTracker()
        mine.diff()
        for _ in range(100):
            function()
        return ", ".join(["%s +%d" % (row[0].split(".")[-1], row[1]) for row in sorted(mine.diff(), key=lambda row: -row[1])[:3]])
    return task


def memory(field):
    with open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    return 0


def measure(name):
    global registry
    task = globals()[name]()
    if not name.startswith(("watch_", "tracing_", "snapshot_")):
        registry = Heap(SESSIONS)
    gc.collect()
    if name.startswith(("cycles_", "garbage_")):
        gc.disable()
        leave_garbage(SESSIONS // 20)
    try:
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
            file.write("5")  # the peak starts anew
    except OSError:
        pass
    before = memory("VmRSS")
    begun = time.process_time()
    found = task(registry)
    seconds, size = time.process_time() - begun, memory("VmHWM") - before
    if type(found) is tuple:
        seconds, size, found = found
    print(json.dumps({"seconds": seconds, "bytes": size, "text": str(found)[:160]}))


if __name__ == "__main__":
    measure(sys.argv[1])
