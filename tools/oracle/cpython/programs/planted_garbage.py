"""Every kind of object, held in many ways and as garbage of many kinds; then the collector is asked what it finds.

    python planted_garbage.py FOLDER COPIES [calm]

`calm` plants nothing that has a finalizer: then the collector hands out everything that it finds, and frees nothing at once.
"""
import array
import asyncio
import collections
import ctypes
import functools
import gc
import sys
import threading
import weakref

import observed


class Plain:
    def __init__(self):
        self.rows, self.table = [], {}

    def method(self):
        return self


class Slotted:
    __slots__ = ("left", "right", "__weakref__")


class Finalized:
    def __del__(self):
        self.was_told = True


class Names(dict):
    pass


class Rows(list):
    pass


def instances():
    first, second = Plain(), Plain()
    first.other, second.other = second, first
    first.rows.append([second, {"deep": (first,)}])
    return first


def slots():
    first, second = Slotted(), Slotted()
    first.left, second.left = second, first
    second.right = [Plain()]
    return first


def containers():
    rows, table, several = [], {}, collections.deque()
    rows.append(rows)
    table["self"] = table
    several.append((several, rows, {frozenset([Plain()])}))
    names, more = Names(), Rows()
    names["more"], names.more = more, more
    more.append(names)
    order, later = collections.OrderedDict(), collections.defaultdict(list)
    order["later"] = later
    later["order"].append(order)
    return [several, table, names, order]


def functions():
    held = Plain()

    def inner():
        return inner, held

    part = functools.partial(inner, held)
    held.part = part
    held.bound = held.method
    return inner


def classes():
    made = type("Made", (Plain,), {"attribute": []})
    made.attribute.append(made())
    return made


def generator():
    local = []

    def steps():
        kept = Plain()
        yield kept
        yield local

    running = steps()
    next(running)
    local.append(running)
    return running


def coroutine():
    kept = []

    class Never:
        def __await__(self):
            yield 1

    async def wait():
        mine = kept
        await Never()
        return mine

    started = wait()
    started.send(None)
    kept.append(started)
    return started


def error():
    try:
        raise ValueError(Plain())
    except ValueError as caught:
        kept = caught
    return kept


def finalized():
    first, second = Finalized(), Finalized()
    first.other, second.other = second, first
    return first


def weak():
    target = Plain()
    target.me = weakref.ref(target, lambda _: None)
    target.watch = weakref.WeakValueDictionary(me=target)
    return target


def cached():
    thing = Plain()

    @functools.lru_cache(maxsize=3)
    def remember(key):
        return [thing, key]

    thing.remember = remember
    remember(1)
    return remember


KINDS = [instances, slots, containers, functions, classes, error, weak, cached, generator, coroutine, finalized]
WITHOUT_FINALIZERS = KINDS[:8]


def plant(kinds, copies):
    """Garbage: nothing that is made here is handed out."""
    for _ in range(copies):
        for kind in kinds:
            thing = kind()
            # A tail of its own that is in no cycle.
            tail = [[[Plain()]]]
            thing = [thing, tail]
            thing.append(thing)


def hold_natively():
    """A reference that no object has."""
    for kind in KINDS:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object([kind()]))


def wait_with_locals(began, end):
    mine = [kind() for kind in KINDS]
    began.set()
    end.wait()
    return mine


def main():
    copies = int(sys.argv[2])
    held = {kind.__name__: [kind() for _ in range(copies)] for kind in KINDS}
    began, end = threading.Event(), threading.Event()
    thread = threading.Thread(target=wait_with_locals, args=(began, end))
    thread.start()
    began.wait()
    hold_natively()
    loop = asyncio.new_event_loop()
    observed.dump()
    gc.collect()
    gc.disable()
    plant(WITHOUT_FINALIZERS if sys.argv[3:] == ["calm"] else KINDS, copies)
    # From here on nothing is made that the collector tracks: finalizers free some of the garbage at once, and what is new
    # would lie where that was and be taken for it.
    garbage, reachable = set(), array.array("Q")
    tracked = set(map(id, gc.get_objects()))
    observed.dump()
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    gc.set_debug(0)
    for thing in gc.garbage:
        if id(thing) in tracked:
            garbage.add(id(thing))
    for thing in gc.get_objects():
        if id(thing) in tracked and id(thing) not in garbage:
            reachable.append(id(thing))
    observed.leave({"tracked": list(tracked), "garbage": list(garbage), "reachable": list(reachable)})
    end.set()
    thread.join()
    loop.close()
    del held


main()
