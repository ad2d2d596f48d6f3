"""No code of the program runs for a dump, however strange its classes are."""

import os

from dump_host import DumpTestCase

# `note` writes down each call, from the child too, whose descriptors are its own.
_HOSTILE = """
import weakref, collections, types, functools, threading
LOG = os.path.join(OUT, "calls")
quiet = True
def note(what):
    if quiet:
        return
    descriptor = os.open(LOG, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(descriptor, (what + "\\n").encode())
    os.close(descriptor)

NAMES = '''__repr__ __str__ __eq__ __ne__ __hash__ __getattr__ __sizeof__ __len__ __iter__ __bool__ __del__ __contains__ __getitem__ __dir__ __reduce__
    __reduce_ex__ __lt__ __le__ __gt__ __ge__ __call__ __index__ __int__ __float__ __length_hint__ __next__ __format__ __bytes__ __enter__ __instancecheck__
    __subclasscheck__ __mro_entries__ __prepare__ __missing__ keys values items get split startswith __get__ __set__ __delete__ __setattr__ __delattr__'''.split()

def loud(name):
    def method(self, *arguments):
        note(name)
        if quiet and name == "__hash__":
            return 1
        return NotImplemented if name in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__") else 1
    return method

def methods(*more):
    found = {name: loud(name) for name in NAMES}
    base = more[0] if more else object
    def __getattribute__(self, name):
        note("__getattribute__ " + (name if type(name) is str else "?"))
        return base.__getattribute__(self, name)
    found["__getattribute__"] = __getattribute__
    found["__class__"] = property(lambda self: note("__class__") or int)
    return found

meta = methods(type)
for name in ("__call__", "__prepare__", "__mro_entries__", "__setattr__", "__delattr__", "__get__", "__set__", "__delete__"):
    meta.pop(name)
meta["__dict__"] = property(lambda self: note("meta __dict__") or {})
meta["__name__"] = property(lambda self: note("meta __name__") or "x")
meta["__module__"] = property(lambda self: note("meta __module__") or "x")
meta["__mro__"] = property(lambda self: note("meta __mro__") or ())
meta["__flags__"] = property(lambda self: note("meta __flags__") or 0)
Meta = type.__new__(type, "Meta", (type,), meta)

def make(name, *bases, **more):
    namespace = methods(*bases)
    namespace.update(more)
    for gone in ("__mro_entries__",):
        namespace.pop(gone, None)
    return type.__new__(Meta, name, bases or (object,), namespace)

KEY = make("Key", str)
Hostile = make("Hostile")
Slotted = make("Slotted", __slots__=("left", "right", "__weakref__"))
Shadow = make("Shadow", __dict__=property(lambda self: note("__dict__") or {"x": 1}), __slots__=())
Hidden = make("Hidden", __dict__=property(lambda self: note("__dict__") or {"x": 1}))
Properties = make("Properties", cell_contents=property(lambda self: note("property")), __closure__=property(lambda self: note("property")),
    args=property(lambda self: note("property")), __doc__=property(lambda self: note("property")))
kinds = [make("%sOf" % base.__name__.title().replace("_", ""), base) for base in (dict, list, tuple, set, frozenset, str, int, float, bytes,
    bytearray, collections.deque, collections.OrderedDict, collections.defaultdict, Exception, types.ModuleType, weakref.ref, functools.partial, property, staticmethod, classmethod,
    threading.Thread, type("Strange", (), {}))]
def create(kind):
    if issubclass(kind, (types.ModuleType,)):
        return kind.__new__(kind, "m")
    try:
        thing = kind.__new__(kind)
    except TypeError:
        try:
            thing = kind.__new__(kind, make if not issubclass(kind, weakref.ref) else Plain)
        except TypeError:
            return None
    return thing
class Plain: pass
quiet = True
things = [create(kind) for kind in kinds] + [Hostile(), Properties()]
slotted = object.__new__(Slotted); object.__setattr__(slotted, "left", Hostile())
shadow, hidden = object.__new__(Shadow), object.__new__(Hidden)
object.__setattr__(hidden, "attribute", [])
class Attributes: pass
attributes = Attributes()
key = str.__new__(KEY, "key")
own = object.__getattribute__(attributes, "__dict__")
own[key] = Hostile(); own["plain"] = Hostile()
class Odd:
    pass
SpecialNamespace = type.__new__(type, "SpecialNamespace", (), {str.__new__(KEY, "__dict_"): 1, "a": 2})
class Special(type):
    def mro(cls):
        note("mro")
        return type.mro(cls)
WithMro = Special("WithMro", (), {})
named = make("Named")
type.__dict__["__module__"].__set__(named, key)
sys.modules["strange_one"] = Hostile()
strange_module = create(kinds[14]); sys.modules["strange_module"] = strange_module
dict.__setitem__(sys.modules, key, types.ModuleType("x"))
ModuleKind = type("ModuleKind", (types.ModuleType,), {"__getattribute__": lambda self, name: note("module getattribute") or types.ModuleType.__getattribute__(self, name), "__dict__": property(lambda self: note("module dict"))})
sys.modules["threading_two"] = ModuleKind("threading_two")
odd_module = types.ModuleType("odd"); odd_module.__dict__[key] = 1; sys.modules["odd"] = odd_module
by_key = {key: 1, Hostile(): Hostile(), 3: key}
cyclic = [Hostile()]; cyclic.append(cyclic); del cyclic
def generator():
    variable = Hostile()
    other = key
    yield
live = generator(); next(live)
thread_name = Hostile()
stop = threading.Event()
class Runner(threading.Thread):
    __eq__ = loud("__eq__"); __hash__ = threading.Thread.__hash__
    def run(self):
        mine = Hostile(); also = kinds
        stop.wait()
runner = Runner(); runner.start(); runner._name = key
LocalMapping = type("LocalMapping", (dict,), {name: loud(name) for name in NAMES if name not in ("__getitem__", "__missing__")})
waiting = threading.Event()
def in_mapping():
    exec("waiting.set(); stop.wait()", {"waiting": waiting, "stop": stop}, LocalMapping())
second = threading.Thread(target=in_mapping); second.start(); waiting.wait()
function = lambda: 0
function.__module__ = key
function.__qualname__ = "renamed"
class Finalizer:
    def __del__(self):
        note("__del__")
finalizers = [Finalizer() for _ in range(10)]
references = [weakref.ref(finalizer, loud("callback")) for finalizer in finalizers]
cycle = Finalizer(); cycle.self = cycle; del cycle
gc.disable()
import tracemalloc
if TRACING:
    tracemalloc.start(2)
import ctypes, fcntl
pending = None
quiet = False
result = take("a", MODE)
quiet = True
stop.set()
sys.modules.pop("strange_one"); dict.pop(sys.modules, key); sys.modules.pop("strange_module"); sys.modules.pop("threading_two")
"""


class CallsNothing(DumpTestCase):
    def check(self, mode: str, tracing: bool = False, keep_strings: bool = False) -> None:
        source = "MODE, TRACING = %r, %r\n" % (mode, tracing) + _HOSTILE
        if keep_strings:
            source = source.replace("MODE)\n", "MODE, keep_strings=True)\n")
        outcome = self.run_program(source)
        calls = ""
        log = os.path.join(outcome.folder, "calls")
        if os.path.exists(log):
            with open(log) as file:
                calls = file.read()
        self.assertEqual(sorted(set(calls.splitlines())), [])
        dump = outcome.dump()
        self.assertEqual(dump.dangling(), [])
        self.assertGreater(len(dump.of_type("Hostile")), 5)

    def test_in_a_child(self) -> None:
        self.check("auto")

    def test_in_a_child_with_sites_and_texts(self) -> None:
        self.check("auto", tracing=True, keep_strings=True)

    def test_in_process(self) -> None:
        self.check("in-process")
