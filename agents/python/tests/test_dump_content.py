"""What a dump says of objects: roots, labels, values, bounds, sites; and what it does not say: secrets."""

import collections
import os
import sys

from dump_host import DumpTestCase, line_of
from dump_reader import KINDS, Dump, Node, blocks_of

_LABELS = """
import collections, functools, threading, weakref, types
class Plain: pass
class Held: pass
class Slotted:
    __slots__ = ("left", "right")
class Names(dict): pass
class Rows(list): pass
plain = Plain(); plain.attribute = Held(); plain.number = 12; plain.ratio = 0.5; plain.flag = True
touched = Plain(); touched.attribute = Held(); vars(touched)
slotted = Slotted(); slotted.left = Held()
table = {"word": Held(), 4711: Held(), (1, "x"): Held()}
listed = [None, Held()]
queue = collections.deque([Held(), Held()], 7)
members = {Held()}
def closing(captured):
    return lambda: captured
closure = closing(Held())
def generate():
    mine = Held()
    yield mine
generator = generate(); next(generator)
names = Names(entry=Held()); names.extra = Held()
rows = Rows([Held()]); rows.extra = Held()
reference = weakref.ref(plain)
@functools.lru_cache(maxsize=3)
def cached(x): return x
cached(1); cached(2)
class Classy:
    shared = Held()
bound = types.MethodType(closing, plain)
partial = functools.partial(closing, plain)
error = ValueError(Held())
stop, ready = threading.Event(), threading.Event()
def refresh(argument):
    local = [argument]
    ready.set(); stop.wait()
thread = threading.Thread(target=refresh, args=(Held(),), name="worker-1"); thread.start(); ready.wait()
def main():
    variable = Held()
    take("a", MODE)
main()
stop.set()
"""


class Labels(DumpTestCase):
    def labelled(self, dump: Dump, node: Node, kind: str, name: str) -> str:
        return dump.at(node.labelled(kind, name)).type_name

    def test_in_a_child(self) -> None:
        dump = self.run_program("MODE = 'auto'\n" + _LABELS).dump()
        of = lambda name: dump.global_of("__main__", name)  # noqa: E731
        plain = of("plain")
        if sys.version_info >= (3, 11):
            self.assertEqual(self.labelled(dump, plain, "attribute", "attribute"), "Held")
            values = {name: dump.values.get(target) for kind, name, target in plain.labels if kind == "attribute"}
        else:
            own = dump.at(plain.labelled("internal", "__dict__"))
            self.assertEqual(dump.at(dump.entry(own, "attribute")).type_name, "Held")
            values = {str(dump.text(key)): dump.values.get(value) for key, value in own.pairs}
        self.assertEqual((values["number"], values["ratio"], values["flag"]), (12, 0.5, 1))
        made = dump.at(of("touched").labelled("internal", "__dict__"))
        self.assertEqual(dump.at(dump.entry(made, "attribute")).type_name, "Held")
        self.assertEqual(self.labelled(dump, of("slotted"), "slot", "left"), "Held")
        self.common(dump)
        closure = of("closure")
        cell = dump.at(dump.at(closure.labelled("slot", "__closure__")).edges[0])
        self.assertEqual(self.labelled(dump, cell, "slot", "cell_contents"), "Held")
        code = dump.code[closure.labelled("slot", "__code__") or 0]
        self.assertEqual(code[5], ["captured"])
        # Before 3.11 a frame is an object of its own.
        generator = of("generator") if sys.version_info >= (3, 11) else dump.at(of("generator").edges[0])
        self.assertEqual(self.labelled(dump, generator, "local", "mine"), "Held")
        for name in ("names", "rows"):
            extra = dump.at(of(name).labelled("internal", "__dict__"))
            self.assertEqual(dump.at(dump.entry(extra, "extra")).type_name, "Held")
        frames = {root["function"]: root for root in dump.roots if root["kind"] == "frame"}
        # The thread that dumps is the program's only here; the agent dumps from a thread of its own.
        worker = frames["refresh"]
        self.assertEqual((worker["thread"], worker["main"], os.path.basename(worker["file"])), ("worker-1", False, "program.py"))
        variables = dict(worker["locals"])
        self.assertEqual((dump.at(variables["argument"]).type_name, dump.at(variables["local"]).type_name), ("Held", "list"))

    def test_in_process(self) -> None:
        dump = self.run_program("MODE = 'in-process'\n" + _LABELS).dump()
        self.assertEqual(self.labelled(dump, dump.global_of("__main__", "slotted"), "slot", "left"), "Held")
        self.common(dump)

    def common(self, dump: Dump) -> None:
        of = lambda name: dump.global_of("__main__", name)  # noqa: E731
        table = of("table")
        self.assertEqual(dump.at(dump.entry(table, "word")).type_name, "Held")
        self.assertIn("int", [dump.nodes[key].type_name for key, _ in table.pairs])
        self.assertEqual([dump.nodes[target].type_name for target in of("listed").edges], ["NoneType", "Held"])
        self.assertEqual((of("listed").labelling, of("queue").labelling, of("members").labelling), (1, 1, 2))
        self.assertEqual([dump.nodes[target].type_name for target in of("queue").edges][:2], ["Held", "Held"])
        self.assertEqual(dump.bounds[of("queue").address][1:], ["maxlen", 7, 2])
        self.assertEqual(dump.bounds[of("cached").address][1:], ["maxsize", 3, 2])
        self.assertEqual(dump.weak[of("reference").address], of("plain").address)
        namespace = dump.at(of("Classy").labelled("internal", "__dict__"))
        self.assertEqual(dump.at(dump.entry(namespace, "shared")).type_name, "Held")
        self.assertEqual(self.labelled(dump, of("bound"), "slot", "__self__"), "Plain")
        self.assertEqual(self.labelled(dump, of("partial"), "slot", "args"), "tuple")
        self.assertEqual(self.labelled(dump, of("error"), "slot", "args"), "tuple")
        self.assertEqual(dump.at(of("rows").edges[0]).type_name, "Held")
        self.assertEqual(dump.at(dump.entry(of("names"), "entry")).type_name, "Held")

    def test_handlers_of_fork_are_held_by_the_interpreter(self) -> None:
        dump = self.run_program(
            """
            import types
            from heaptrail_agent.fork import ForkGuard
            guard = ForkGuard(types.SimpleNamespace(active=False))
            guard.register()
            class Held: pass
            def register():
                held = Held()
                os.register_at_fork(after_in_child=lambda: held)
            register()
            take()
            """
        ).dump()
        tables = [root["address"] for root in dump.roots if root["name"] == "os.register_at_fork"] if dump.roots else []
        self.assertEqual(len(tables), 3)
        (held,) = dump.of_type("Held")
        self.assertIn(held.address, dump.reached(set(tables)))


_SECRETS = """
import threading, tempfile
def secret(n):
    # Made anew, so that none stands in a constant of the code, which is a dict key of nothing.
    return "-".join(["s3cr3t", "token", str(n) * 3, "%x" % (n * 7919 + 123456)])
class Holder:
    value = secret(1)
table = {secret(0): 1}
os.environ["HEAPTRAIL_TEST_SECRET"] = secret(3)
held = open(os.path.join(tempfile.gettempdir(), secret(4)), "w"); os.unlink(held.name)
def closing(value): return lambda: value
closure = closing(secret(5))
try:
    raise RuntimeError(secret(6))
except RuntimeError as error:
    kept = error
stop, ready = threading.Event(), threading.Event()
def run():
    local = secret(7)
    keyed = {secret(8): local}
    ready.set(); stop.wait()
thread = threading.Thread(target=run, name=secret(9)); thread.start(); ready.wait()
attributes = Holder(); setattr(attributes, secret(10), secret(11))
sys.modules[secret(12)] = type(sys)(secret(12))
kind = type(secret(13), (), {}); thing = kind()
FACTS["secrets"] = [secret(n) for n in range(14)] + [sys.argv[1]]
take("in-process", "in-process"); take("a"); take("kept", keep_strings=True)
stop.set()
"""


class Secrets(DumpTestCase):
    def test_in_no_byte_unless_asked_for(self) -> None:
        argument = "s3cr3t-argument-%x" % 987654321
        outcome = self.run_program(_SECRETS, arguments=(argument,), env={"HEAPTRAIL_TEST_SECRET_TWO": argument + "env"})
        secrets = outcome.facts["secrets"]
        self.assertEqual(len(secrets), 15)
        for name in ("a", "in-process"):
            with open(outcome.path(name), "rb") as file:
                data = file.read()
            everything = data + b"".join(outcome.dump(name).payloads)
            found = [secret for secret in secrets + ["s3cr3t"] if secret.encode() in everything or secret.encode("utf-16-le") in everything]
            self.assertEqual(found, [])
        kept = outcome.dump("kept")
        self.assertIn(secrets[0], kept.texts.values())


_SITES = """
import tracemalloc, weakref
# What comes from a free list that was filled before has no site.
spare, more = [[] for _ in range(500)], [{} for _ in range(500)]
tracemalloc.start(FRAMES)
class Plain:
    def __init__(self): self.a = 1
class Slotted: __slots__ = ("a", "__weakref__")
class Big:
    def __init__(self):
        for i in range(40): setattr(self, "a%d" % i, i)
class Rows(list): pass
def make():
    plain = Plain()  # plain
    slotted = Slotted()  # slotted
    listed = [object() for _ in range(3)]  # listed
    table = {i: str(i) for i in range(20)}  # table
    big = Big()  # big
    rows = Rows()  # rows
    touched = Plain()  # touched
    vars(touched)
    finalize = weakref.finalize(slotted, print)  # finalize
    return locals()
made = make()  # caller
globals().update(made)
for mode in ("auto", "in-process"):
    take(mode, mode)
"""


class Sites(DumpTestCase):
    def test_line_of_each_kind(self) -> None:
        for frames in (1, 8):
            outcome = self.run_program("FRAMES = %d\n" % frames + _SITES)
            for mode in ("auto", "in-process"):
                dump = outcome.dump(mode)
                self.assertEqual(dump.head["tracing"]["frames"], frames)
                for name in ("plain", "slotted", "table", "big", "rows", "touched", "finalize", "listed"):
                    with self.subTest(name, frames=frames, mode=mode):
                        site = [(os.path.basename(file), line) for file, line in dump.site(dump.global_of("__main__", name).address)]
                        self.assertEqual(site[0] if site else None, ("program.py", line_of("FRAMES = 1\n" + _SITES, "# " + name + "\n")))
                        if frames == 8:
                            self.assertIn(("program.py", line_of("FRAMES = 1\n" + _SITES, "# caller\n")), site)


class Blocks(DumpTestCase):
    def test_objects_of_one_type_share_blocks(self) -> None:
        # A block for every few thousand objects of all types together made a dump of a million objects 2,300 blocks.
        outcome = self.run_program(
            """
            class One: pass
            class Other: __slots__ = ("value",)
            kept = []
            for i in range(6000):
                one, other = One(), Other(); one.name = str(i); other.value = (i, i + 0.5)
                kept.append([{i: one}, other])
            take()
            """
        )
        with open(outcome.path(), "rb") as file:
            blocks = [(KINDS[kind], payload) for kind, payload in blocks_of(file.read())]
        for kind in ("ATOMS", "EDGES", "PAIRS"):
            by_type = collections.Counter(payload[:4] for name, payload in blocks if name == kind)
            self.assertGreater(len(by_type), 0)
            self.assertLessEqual(max(by_type.values()), 6, kind)


class InProcess(DumpTestCase):
    def test_the_program_runs_on_between_slices(self) -> None:
        outcome = self.run_program(
            """
            import threading
            rows = [{"row": i, "list": [i]} for i in range(30000)]
            stop = False
            def change():
                i = 0
                while not stop:
                    i += 1
                    rows[i % 30000] = {"row": i, "list": [i] * (i % 9), "set": {i}}
                    if i % 1000 == 0:
                        rows.append([i]); time.sleep(0.001)
            thread = threading.Thread(target=change); thread.start()
            pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 60000, "in-process")
            slices = 1
            while pending.poll() is None:
                slices += 1
                time.sleep(0.001)
            stop = True; thread.join()
            FACTS["slices"] = slices
            FACTS["results"] = [[pending.result.status, "", "", ""]]
            """
        )
        self.assertGreater(outcome.facts["slices"], 3)
        dump = outcome.dump()
        self.assertGreater(len(dump.nodes), 50000)
        self.assertEqual({node.refs for node in dump.nodes.values()}, {0xFFFFFFFF})
