"""Objects of many kinds, for programs that ask what each of them keeps alive."""
import array
import collections
import ctypes
import functools


# What lives on when all that is chosen has been let go.
STAYS = []


class Plain:
    def __init__(self, number):
        self.number, self.text, self.data = number + 100000, "text of %d" % number, bytearray(number % 977)


class Slotted:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left, self.right = left, right


class Names(dict):
    pass


class Rows(list):
    pass


def closing(held):
    def inner():
        return held

    return inner


def generate(held):
    mine = [held]
    yield mine


class Never:
    def __await__(self):
        yield 1


async def wait(held):
    mine = [held]
    await Never()
    return mine


def chosen(copies):
    """Objects to ask about, by name. Each is held by this table alone, but for `shared`; below some of them things are shared."""
    kept = caught([Plain(12), copies])  # its traceback holds this frame and its variables, so there is but this one
    return dict(others(copies), exception=kept)


def others(copies):
    shared = [Plain(i) for i in range(copies)]
    knot = Plain(1)
    knot.other = Plain(2)
    knot.other.back = knot
    knot.part = shared
    started = generate(Plain(5))
    next(started)
    coroutine = wait(Plain(6))
    coroutine.send(None)
    names, rows = Names(a=Plain(7)), Rows([Plain(8)])
    names.extra, rows.extra = Plain(9), Plain(10)
    diamond = Slotted(Slotted(Plain(11), None), None)
    diamond.right = Slotted(diamond.left.left, [diamond.left])
    outlived = Plain(24)
    outlived.rows = [Plain(25)]
    STAYS.append(vars(outlived))
    chain = None
    for i in range(copies):
        chain = [chain, 300000 + i]
    remembers = functools.lru_cache(maxsize=None)(closing)
    for i in range(copies):
        remembers(400000 + i)
    made = type("Made", (Plain,), {"attribute": [Plain(13)]})
    cache = {"key number %d" % i: [Plain(i), {i + 500000: (i + 600000.5,)}] for i in range(copies)}
    return {
        "instance": Plain(3),
        "instance whose table was asked for": touched(Plain(4)),
        "slots": Slotted(Plain(14), shared),
        "list": [Plain(i) for i in range(copies)],
        "tuple": tuple([[i] for i in range(copies)]),
        "dict": cache,
        "set": {Plain(i) for i in range(20)},
        "frozen set": frozenset([Plain(15)]),
        "subclass of dict": names,
        "subclass of list": rows,
        "deque": collections.deque([Plain(i) for i in range(200)], 300),
        "ordered dict": collections.OrderedDict(a=Plain(16)),
        "default dict": collections.defaultdict(list, a=[Plain(17)]),
        "counter": collections.Counter({(700000 + i,): 1 for i in range(9)}),
        "closure": closing(Plain(18)),
        "partial": functools.partial(closing, Plain(19), key=Plain(20)),
        "bound method": Plain(21).__init__,
        "cache of a function": remembers,
        "generator": started,
        "coroutine": coroutine,
        "class": made,
        "knot": knot,
        "diamond": diamond,
        "chain": chain,
        "array": array.array("d", range(100)),
        "bytes": bytes(range(200)),
        "view of memory": memoryview(bytearray(5000)),
        "iterator": iter([Plain(22)]),
        "held by native code": held_natively([Plain(23)]),
        "instance whose table stays": outlived,
        "shared": shared,
    }


def caught(thing):
    try:
        raise ValueError(thing)
    except ValueError as error:
        kept = error
    return kept


def touched(thing):
    vars(thing)
    return thing


def held_natively(thing):
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing[0]))
    return thing
