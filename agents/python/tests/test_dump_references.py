"""Reference counts less the edges: what only native code holds, what nothing holds."""

from dump_host import DumpTestCase

_PROGRAM = """
import ctypes, collections, functools, threading, types, weakref
class Native: pass
class Plain: pass
class Slotted:
    __slots__ = ("held", "__weakref__")
class Lost: pass
class Names(dict): pass
class Rows(list): pass
class Pair(tuple): pass

def make():
    native = Native()
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(native))
make()

listed = [Plain() for _ in range(100)]
keyed = {i: Plain() for i in range(100)}
by_key = {Plain(): i for i in range(10)}
attributes = [Plain() for _ in range(100)]
for thing in attributes: thing.held = Plain(); thing.number = 3
touched = [Plain() for _ in range(100)]
for thing in touched: thing.held = Plain(); vars(thing)
slotted = [Slotted() for _ in range(100)]
for thing in slotted: thing.held = Plain()
def closing(held):
    return lambda: held
closures = [closing(Plain()) for _ in range(100)]
def generate():
    local = Plain()
    yield local
generators = [generate() for _ in range(100)]
for generator in generators: next(generator)
async def wait():
    local = Plain()
    await Never()
class Never:
    def __await__(self):
        yield 1
coroutines = [wait() for _ in range(10)]
for coroutine in coroutines: coroutine.send(None)
names = Names(a=Plain()); names.extra = Plain()
rows = Rows([Plain(), Plain()]); rows.extra = Plain()
pair = Pair((Plain(), Plain())); pair.extra = Plain()
deque = collections.deque([Plain(), Plain()], 5)
order = collections.OrderedDict(a=Plain()); later = collections.defaultdict(list, a=Plain()); counter = collections.Counter({Plain(): 3})
partial = functools.partial(closing, Plain(), key=Plain())
cached = functools.lru_cache(maxsize=4)(closing)
cached(Plain())
method = types.MethodType(closing, Plain())
iterators = [iter([Plain()]), zip([Plain()]), enumerate([Plain()])]
proxy = types.MappingProxyType({"a": Plain()})
reference = weakref.ref(listed[0])
sets = [{Plain()}, frozenset([Plain()])]
try:
    raise ValueError(Plain())
except ValueError as error:
    kept = error
plain_class = type("Made", (), {"attribute": Plain()})

def lose():
    gc.disable()
    for _ in range(7):
        first, second = Lost(), Lost()
        first.other, second.other = second, first
        first.rows = [first, {"k": second}]
    del first, second
gc.collect()
del thing, generator, coroutine
take("warm")
gc.collect()
lose()
take("a")
gc.set_debug(gc.DEBUG_SAVEALL)
gc.collect()
gc.set_debug(0)
FACTS["garbage"] = [[id(thing), type(thing).__name__] for thing in gc.garbage]
"""


class References(DumpTestCase):
    def test_excess_and_garbage(self) -> None:
        outcome = self.run_program(_PROGRAM)
        dump = outcome.dump()
        self.assertEqual(dump.dangling(), [])
        excess = dump.excess()
        self.assertEqual([excess[node.address] for node in dump.of_type("Native")], [1])
        for name in ("Plain", "Slotted", "Lost", "Names", "Rows", "Pair"):
            with self.subTest(name):
                found = dump.of_type(name)
                self.assertTrue(found)
                self.assertEqual([(hex(node.address), excess[node.address]) for node in found if excess[node.address] != 0], [])
        negative: "dict[str, int]" = {}
        for node in dump.nodes.values():
            # Classes and texts are held in tables of C that count otherwise than they show; both are never counted for roots.
            if excess.get(node.address, 0) < 0 and not node.type["flags"] & 1 << 31 and node.type_name not in ("str", "bool"):
                negative[node.type_name] = negative.get(node.type_name, 0) + 1
        self.assertEqual(negative, {})
        self.assertEqual(sum(1 for node in dump.of_type("type") if excess.get(node.address, 0) < 0) <= 2, True)
        # Garbage is exactly what the collector then frees.
        lost = dump.unreachable()
        garbage = {address: name for address, name in outcome.facts["garbage"]}
        self.assertEqual(sorted(name for name in garbage.values()).count("Lost"), 14)
        tracked = {address for address in lost if dump.nodes[address].type_name in ("Lost", "list", "dict")}
        self.assertEqual({name for address, name in garbage.items() if address not in lost}, set())
        more = [(dump.nodes[address].type_name, hex(address)) for address in tracked if address not in garbage]
        self.assertEqual(more, [])
