"""Pairs of a parent and a child that refer to each other in one of four ways, made and dropped. Prints one line of JSON."""

import gc
import json
import sys
import time
import tracemalloc
import weakref

ALIVE = 1000
"""Pairs that live at a time; older ones are dropped, as a program's sessions are."""


class Parent:
    def __init__(self, name):
        self.name = name
        self.child = None


class Child:
    def __init__(self):
        self.parent = None


OPEN = {}
"""What finalizers close, by name."""


def strong(name):
    parent, child = Parent(name), Child()
    parent.child = child
    child.parent = parent
    return parent


def weak(name):
    parent, child = Parent(name), Child()
    parent.child = child
    child.parent = weakref.ref(parent)
    return parent


def finalizer(name):
    parent, child = Parent(name), Child()
    parent.child = child
    child.parent = name
    OPEN[name] = True
    weakref.finalize(parent, OPEN.pop, name).atexit = False
    return parent


def nothing(parent):
    return None


def clear(parent):
    parent.child.parent = None
    parent.child = None


WAYS = {"strong": (strong, nothing), "weak": (weak, nothing), "cleared": (strong, clear), "finalizer": (finalizer, nothing)}


def work(way, pairs):
    make, drop = WAYS[way]
    alive = [None] * ALIVE
    read = 0
    for name in range(pairs):
        old = alive[name % ALIVE]
        if old is not None:
            drop(old)
        parent = make(name)
        back = parent.child.parent
        read += (back().name if way == "weak" else back if way == "finalizer" else back.name) == name
        alive[name % ALIVE] = parent
    old = parent = back = None
    for parent in alive:
        drop(parent) if parent is not None else None
    parent = None
    del alive
    if read != pairs:
        raise SystemExit("a child did not find its parent")


def left():
    return sum(1 for thing in gc.get_objects() if type(thing) in (Parent, Child))


class Pauses:
    def __init__(self):
        self.began = 0.0
        self.seconds = []
        self.collected = 0

    def __call__(self, phase, info):
        if phase == "start":
            self.began = time.perf_counter()
        else:
            self.seconds.append(time.perf_counter() - self.began)
            self.collected += info["collected"]


def timed(way, pairs):
    pauses = Pauses()
    gc.collect()
    gc.callbacks.append(pauses)
    began = time.process_time()
    work(way, pairs)
    dropped = time.process_time()
    waiting = left()
    again = time.process_time()
    gc.collect()
    ended = time.process_time()
    gc.callbacks.remove(pauses)
    return {
        "cpuMs": ((ended - again) + (dropped - began)) * 1000,
        "created": 2 * pairs,
        "waiting": waiting,
        "left": left() + len(OPEN),
        "collections": len(pauses.seconds),
        "pauseMs": sum(pauses.seconds) * 1000,
        "longestPauseMs": max(pauses.seconds) * 1000,
    }


def bytes_of_pair(way):
    """Bytes that one living pair takes, with what its way of referring needs."""
    make, _ = WAYS[way]
    make(-1)
    gc.collect()
    tracemalloc.start()
    kept = [None] * ALIVE
    before = tracemalloc.get_traced_memory()[0]
    for i in range(ALIVE):
        kept[i] = make(i)
    return (tracemalloc.get_traced_memory()[0] - before) / ALIVE


if __name__ == "__main__":
    way, pairs = sys.argv[1], int(sys.argv[2])
    result = timed(way, pairs)
    result["bytesOfPair"] = bytes_of_pair(way)
    result["runtime"] = "CPython " + sys.version.split()[0]
    print(json.dumps(result))
