"""Every object of the program is in its dump, once, with its size and without dangling references."""

import sys

from dump_host import DumpTestCase

_PROGRAM = """
import ctypes, threading, weakref, functools, collections, asyncio, json, types

class Plain:
    def __init__(self, i):
        self.number, self.text, self.rows = i, "x%d" % i, [i]
class Slotted:
    __slots__ = ("left", "right")
    def __init__(self):
        self.left, self.right = [], {}
class Names(dict): pass
class Rows(list): pass
class Pair(tuple): pass
class Meta(type): pass
class Made(metaclass=Meta): pass
def closing(held):
    def inner():
        return held
    return inner
def running():
    local = Plain(1)
    yield local
async def waits():
    mine = Plain(2)
    await asyncio.sleep(100)
generator = running(); next(generator)
coroutine = waits()
names = Names(a=Plain(3)); names.extra = Plain(4)
rows = Rows([Plain(5)]); rows.extra = Plain(6)
pair = Pair((Plain(7),)); pair.extra = Plain(8)
many = [Plain(i) for i in range(300)] + [Slotted() for _ in range(30)] + [closing(Plain(9)) for _ in range(30)]
mixed = {1: Plain(1), (1, 2): [Plain(2)], "k": {Plain(3)}, b"b": frozenset([Plain(4)])}
later = collections.defaultdict(list, a=[1]); queue = collections.deque([Plain(1)], 5); order = collections.OrderedDict(a=Plain(1))
chain = types.MappingProxyType({"a": Plain(11)}); view = {"v": Plain(1)}.values()
spaces = types.SimpleNamespace(a=Plain(1)); memory = memoryview(bytearray(10))
partial = functools.partial(closing, Plain(12)); cached = functools.lru_cache(maxsize=4)(closing); cached(3)
try:
    raise ValueError(Plain(10))
except ValueError as error:
    kept = error
import array
numbers = array.array("d", [1.0])
lock = threading.RLock(); local = threading.local(); local.value = Plain(1)
iterators = [iter([Plain(1)]), iter({1: 2}), map(str, [1]), zip([1]), reversed([Plain(2)]), enumerate([3]), filter(None, [])]

def closure(roots):
    seen, todo = {}, list(roots)
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen[id(thing)] = thing
        if type(thing) is types.ModuleType and "_all_tasks" in thing.__dict__:
            todo.append(thing.__dict__)
            continue
        todo.extend(gc.get_referents(thing))
        if type(thing) is dict:
            todo.extend(dict.keys(thing))
            todo.extend(dict.values(thing))
    return seen

def observe():
    # As in the dump, the walk starts with all tracked objects; the observer's own are left out.
    before = gc.get_objects()
    pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 20000, MODE)
    result = finish(pending)
    # Long-lived objects only: what the walk and this function have made meanwhile comes and goes.
    seen = closure([thing for thing in before if thing is not sys._getframe()])
    skip = {id(before), id(seen), id(pending), id(result), id(sys._getframe())}
    FACTS["results"] = [[result.status, result.mode, result.code, result.text]]
    FACTS["seen"] = {address: [type(thing).__name__, size(thing)] for address, thing in seen.items() if address not in skip}

def size(thing):
    try:
        return sys.getsizeof(thing)
    except Exception:
        return -1
take("warm", MODE)
FACTS.clear()
gc.collect()
observe()
"""


class Completeness(DumpTestCase):
    """Against the collector's own list and a traversal of it that knows nothing of the dumper."""

    def check(self, mode: str) -> None:
        outcome = self.run_program("MODE = %r\n%s" % (mode, _PROGRAM))
        self.assertEqual(outcome.facts["results"][0][1], "forked-child" if mode == "auto" else "in-process")
        dump = outcome.dump()
        self.assertTrue(dump.end["complete"])
        self.assertEqual([(node.type_name, hex(target)) for node, target in dump.dangling()], [])
        seen = {int(address): tuple(rest) for address, rest in outcome.facts["seen"].items()}
        missing = [(row, hex(address)) for address, row in seen.items() if address not in dump.nodes]
        self.assertEqual(missing, [])
        wrong = [(row, dump.nodes[address].size) for address, row in seen.items() if row[1] >= 0 and row[1] != dump.nodes[address].size]
        # A dict or list that grew between the dump and the check.
        wrong = [row for row in wrong if row[0][0] not in ("dict", "list", "set", "frame")]
        if sys.version_info < (3, 11):
            # There the child's own work adds caches to classes and code that it uses.
            wrong = [row for row in wrong if row[0][0] not in ("type", "ABCMeta", "EnumMeta", "code")]
        self.assertEqual(wrong, [])
        types = [row for address, row in seen.items() if row[0] != dump.nodes[address].type_name.rpartition(".")[2]]
        self.assertEqual(types, [])

    def test_in_a_child(self) -> None:
        self.check("auto")

    def test_in_process(self) -> None:
        self.check("in-process")
