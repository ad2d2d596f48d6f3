"""What the tools of heaptrail.tracking and heaptrail.collector cost, beside tracemalloc alone.

    PYTHONPATH=agents/python python3 agents/python/bench/tracking_cost.py [BLOCKS]

CPU seconds of this process (time.process_time), the best of several runs, so that a busy machine matters little.
"""

import gc
import os
import subprocess
import sys
import time
import tracemalloc

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import heaptrail  # noqa: E402
from heaptrail.collector.pause_clock import PauseClock  # noqa: E402
from heaptrail.tracking.growth.census import take_census  # noqa: E402

BLOCKS = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000


class Node:
    pass


def work():
    """Allocates: a list of small objects, dropped at the end."""
    return len([[number] for number in range(100_000)])


def best(function, times=5):
    """The shortest of several runs, in CPU seconds."""
    shortest = float("inf")
    for _ in range(times):
        started = time.process_time()
        function()
        shortest = min(shortest, time.process_time() - started)
    return shortest


def row(name, value, unit, note=""):
    print("  %-58s %10.3f %-10s %s" % (name, value, unit, note))


def allocations():
    print("a loop that allocates 100,000 lists")
    best(work)  # memory of the first run is new
    alone = best(work)
    row("alone", alone * 1000, "ms")
    for frames in (1, 5, 25):
        tracemalloc.start(frames)
        traced = best(work)
        tracemalloc.stop()
        with heaptrail.MemoryTracker(frames=frames) as tracker:
            tracker.baseline()
            tracked = best(work)
        row("tracemalloc, %d frames" % frames, traced * 1000, "ms", "%.1fx" % (traced / alone))
        row("MemoryTracker, %d frames" % frames, tracked * 1000, "ms", "%.1fx" % (tracked / alone))
    with heaptrail.gc_stats():
        measured = best(work)
    row("gc_stats session", measured * 1000, "ms", "%.2fx" % (measured / alone))


def snapshots():
    print("a snapshot of %d blocks" % BLOCKS)
    with heaptrail.MemoryTracker() as tracker:
        kept = [object() for _ in range(BLOCKS)]

        def plain():
            return tracemalloc.take_snapshot().statistics("lineno")

        def ours():
            return tracker.snapshot()

        theirs = best(plain, 3)
        own = best(ours, 3)
        row("tracemalloc.take_snapshot and statistics", theirs * 1000, "ms", "%.2f us a block" % (theirs / BLOCKS * 1e6))
        row("MemoryTracker.snapshot", own * 1000, "ms", "%.2f us a block" % (own / BLOCKS * 1e6))
        del kept[:]
    for name, code in (
        ("kept by tracemalloc.take_snapshot", "kept_snapshot = tracemalloc.take_snapshot()"),
        ("kept by MemoryTracker.snapshot", "kept_snapshot = tracker.snapshot()"),
    ):
        row(name, retained(code), "blocks")


def retained(code):
    """Blocks of Python's allocator that a snapshot keeps, in a fresh process. (tracemalloc does not trace its own.)"""
    program = (
        "import gc, sys, tracemalloc, heaptrail\n"
        "with heaptrail.MemoryTracker() as tracker:\n"
        "    kept = [[number] for number in range(%d)]\n"
        "    %s; del kept_snapshot; gc.collect()\n"
        "    before = sys.getallocatedblocks()\n"
        "    %s; gc.collect()\n"
        "    print(sys.getallocatedblocks() - before)\n" % (BLOCKS // 2, code, code))
    environment = dict(os.environ, PYTHONPATH=os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return int(subprocess.check_output([sys.executable, "-c", program], env=environment))


def lines():
    print("profile_lines of a function with 20,000 lines run, and 20,000 calls of another")

    def callee(number):
        return number

    def loop():
        total = 0
        for number in range(10_000):
            total += callee(number)
        return total

    profiled = heaptrail.profile_lines(loop)
    alone, cost = best(loop), best(profiled)
    row("alone", alone * 1e6 / 20_000, "us a line")
    row("with profile_lines", cost * 1e6 / 20_000, "us a line")


def collections():
    print("a collection of the youngest generation")
    gc.disable()
    times = 20_000

    def collect():
        for _ in range(times):
            gc.collect(0)

    alone = best(collect, 3) / times
    clock = PauseClock()
    clock.install()
    measured = best(collect, 3) / times
    clock.remove()
    gc.enable()
    row("alone", alone * 1e6, "us")
    row("with the clock of gc_stats", measured * 1e6, "us", "+%.2f us a collection" % ((measured - alone) * 1e6))


def growth():
    print("analyze_growth")
    objects = len(gc.get_objects())
    row("census of %d objects" % objects, best(take_census) * 1000, "ms", "%.2f us an object" % (best(take_census) / objects * 1e6))
    kept = []
    for name, function in (("a clean function", lambda: [Node() for _ in range(100)]), ("a leaking one", lambda: kept.append(Node()))):
        started = time.process_time()
        report = heaptrail.analyze_growth(function)()
        row("%s: %s after %d repetitions" % (name, report.verdict, report.repetitions), time.process_time() - started, "s")


if __name__ == "__main__":
    print("CPython %d.%d.%d" % sys.version_info[:3])
    for part in (allocations, snapshots, lines, collections, growth):
        part()
