"""What a watched object costs, on every CPython found: microseconds and bytes for each, and for one that nobody watches nothing.

    python3 bench/watch_cost.py            a table; the goal is 2 us and 400 bytes for each watched object

Times are CPU time, the best of nine rounds of 20,000 objects, less the same round without watching, with the collector
on; in a stack of 25 functions, the three innermost entered anew for each object. Bytes are what tracemalloc counts, in a
process of their own.
"""

import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, ROOT)
sys.path.insert(0, os.path.join(ROOT, "tests"))

OBJECTS, ROUNDS, DEPTH = 20_000, 9, 20
GOAL_US, GOAL_BYTES = 2.0, 400


class Plain:
    def __init__(self, name):
        self.name = name


class Tracked:
    def __init__(self, name):
        self.name = name


class SlottedPlain:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name


class SlottedTracked:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name


def deep(levels, call):
    return call() if levels == 0 else deep(levels - 1, call)


def first(make, name):
    return second(make, name)


def second(make, name):
    return third(make, name)


def third(make, name):
    return make(name)


def cases(heaptrail):
    """Name, what is measured, what it is compared with."""
    heaptrail.track(rate=1e9)(Tracked)
    heaptrail.track(rate=1e9)(SlottedTracked)
    watch, expect_gone = heaptrail.watch, heaptrail.expect_gone

    def watched(name):
        return watch(Plain(name))

    def made(name):
        return pass_on(Plain(name))

    def pass_on(thing):
        return thing

    def expected(name):
        thing = Plain(name)
        expect_gone(thing, 60)
        return thing

    return [
        ("watch(obj)", watched, made),
        ("expect_gone(obj, 60)", expected, made),
        ("@track", Tracked, Plain),
        ("watch of a list (by address)", lambda name: watch([name]), lambda name: pass_on([name])),
        ("@track with __slots__ (by address)", SlottedTracked, SlottedPlain),
    ]


def seconds_for(make):
    names = range(OBJECTS)

    def round_():
        begun = time.process_time()
        kept = [first(make, name) for name in names]
        taken = time.process_time() - begun
        del kept
        return taken
    return deep(DEPTH, round_)


def measure_times(heaptrail):
    for name, make, compared in cases(heaptrail):
        best = best_compared = 1e9
        for _ in range(ROUNDS):
            best_compared = min(best_compared, seconds_for(compared))
            heaptrail.reset()
            best = min(best, seconds_for(make))
        heaptrail.reset()
        print("%s\t%.2f" % (name, 1e6 * (best - best_compared) / OBJECTS))


def measure_bytes(heaptrail):
    import tracemalloc

    def taken(make):
        kept = [None] * OBJECTS
        before = tracemalloc.get_traced_memory()[0]
        for at in range(OBJECTS):
            kept[at] = first(make, 0)
        return tracemalloc.get_traced_memory()[0] - before

    tracemalloc.start()
    for name, make, compared in cases(heaptrail):
        taken(make)
        heaptrail.reset()
        with_it = taken(make)
        heaptrail.reset()
        print("%s\t%.0f" % (name, (with_it - taken(compared)) / OBJECTS))


def main():
    if len(sys.argv) > 1:
        import heaptrail
        (measure_times if sys.argv[1] == "times" else measure_bytes)(heaptrail)
        return 0
    from interpreters import found_interpreters

    worst = 0
    print("%-14s %-36s %8s %8s" % ("CPython", "", "us", "bytes"))
    for python in found_interpreters():
        version = subprocess.run([python, "-c", "import sys; print(sys.version.split()[0])"], stdout=subprocess.PIPE).stdout.decode().strip()
        rows = [
            [line.split("\t") for line in subprocess.run([python, __file__, what], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()]
            for what in ("times", "bytes")]
        for (name, microseconds), (_, size) in zip(*rows):
            missed = float(microseconds) > GOAL_US or float(size) > GOAL_BYTES
            worst += missed
            print("%-14s %-36s %8s %8s%s" % (version, name, microseconds, size, "   over the goal" if missed else ""))
    print("goal: %g us and %d bytes; %s" % (GOAL_US, GOAL_BYTES, "missed by %d rows" % worst if worst else "kept by all"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
