"""`holders(obj)`: paths from roots to an object, as its developer would write them."""

import collections
import functools
import gc
import sys
import threading
import types
import unittest
import weakref

from lib_child import Trap, run_child, trap_of_trap_type
from heaptrail import holders

registry = {}


class Session:
    pass


class Slotted:
    __slots__ = ("left", "right", "__weakref__")


class App:
    sessions = []


class Pair(collections.namedtuple("Pair", "first second")):
    __slots__ = ()


app = App()


def texts(get):
    """Paths to what `get` finds; no variable has it but this function's own, which asks."""
    return [str(path) for path in holders(get()).paths]


class Paths(unittest.TestCase):
    def tearDown(self):
        registry.clear()
        vars(app).clear()
        del App.sessions[:]

    def hold(self, holder):
        """Paths to a session that what `holder` makes of it holds, and nothing else."""
        session = Session()
        seen = weakref.ref(session)
        registry["held"] = holder(session)
        del session
        return texts(seen)

    def test_a_key_of_a_dict_of_a_module(self):
        registry["alice"] = Session()
        self.assertEqual(texts(lambda: registry["alice"]), [
            'module test_lib_holders → .registry (dict, 1 entry) → ["alice"] (test_lib_holders.Session)'])

    def test_positions_attributes_and_classes(self):
        session = Session()
        app.waiting = [None, session]
        App.sessions.append(session)
        del session
        self.assertEqual(sorted(texts(lambda: app.waiting[1])), [
            "module test_lib_holders → .app (test_lib_holders.App) → .waiting (list, 2 entries) → [1] (test_lib_holders.Session)",
            "module test_lib_holders → class App → .sessions (list, 1 entry) → [0] (test_lib_holders.Session)"])

    def test_what_the_steps_are_called(self):
        def slotted(session):
            found = Slotted()
            found.right = session
            return found

        def closure(session):
            def use():
                return session
            return use

        def generator(session):
            def run():
                mine = session
                yield mine
            running = run()
            next(running)
            return running

        cases = [
            (lambda session: (session,), "(tuple, 1 entry) → [0]"),
            (lambda session: {session}, "(set, 1 entry) → {…}"),
            (lambda session: frozenset((session,)), "(frozenset, 1 entry) → {…}"),
            (lambda session: collections.deque([session]), "(collections.deque, 1 entry) → [0]"),
            (lambda session: {session: 1}, "(dict, 1 entry) → <key>"),
            (lambda session: {7: session}, "(dict, 1 entry) → [7]"),
            (lambda session: {(1, 2): session}, "(dict, 1 entry) → [tuple]"),
            (lambda session: collections.OrderedDict(a=session), '(collections.OrderedDict, 1 entry) → ["a"]'),
            (lambda session: Pair(1, session), "(test_lib_holders.Pair, 2 entries) → .second"),
            (slotted, "(test_lib_holders.Slotted) → .right"),
            (closure, "(function) → closure session"),
            (generator, "(generator) → local mine"),
            (lambda session: functools.partial(len, session), "(functools.partial) → .args (tuple, 1 entry) → [0]"),
            (lambda session: types.MethodType(len, session), "(method) → .__self__"),
            (lambda session: types.SimpleNamespace(user=session), "(types.SimpleNamespace) → .user"),
        ]
        for holder, expected in cases:
            with self.subTest(expected):
                paths = self.hold(holder)
                end = 'registry (dict, 1 entry) → ["held"] %s (test_lib_holders.Session)' % expected
                self.assertTrue(any([path.endswith(end) for path in paths]), paths)

    def test_keys_that_look_like_data_are_not_shown(self):
        registry["Bearer 93b2c1f0aa"] = Session()
        (path,) = texts(lambda: registry["Bearer 93b2c1f0aa"])
        self.assertRegex(path, r"registry \(dict, 1 entry\) → \[str#[0-9a-f]{8}\] \(")

    def test_an_attribute_that_only_a_computed_name_has_set_is_an_arrow(self):
        setattr(app, "".join(["quite", "_", "hidden"]), Session())
        (path,) = texts(lambda: getattr(app, "".join(["quite", "_", "hidden"])))
        self.assertRegex(path, r"→ (->|\.quite_hidden) \(test_lib_holders.Session\)$")

    def test_variables_of_functions_that_run(self):
        def outer():
            mine = Session()
            return inner(mine)

        def inner(argument):
            return [str(path) for path in holders(argument).paths]

        (path,) = outer()
        self.assertRegex(path, r"^local mine of .*outer \(\S*test_lib_holders.py:\d+\) \(test_lib_holders.Session\)$")

    def test_variables_of_other_threads(self):
        ready, stop = threading.Event(), threading.Event()

        def work():
            mine = [Session()]
            registry["a"] = mine
            ready.set()
            stop.wait()

        thread = threading.Thread(target=work, name="worker_1")
        thread.start()
        ready.wait()
        try:
            seen = weakref.ref(registry.pop("a")[0])
            (path,) = texts(seen)
        finally:
            stop.set()
            thread.join()
        self.assertRegex(path, r"^local mine of .*work \(\S+:\d+, thread worker_1\) \(list, 1 entry\) → \[0\] \(test_lib_holders.Session\)$")

    def test_only_the_caller(self):
        session = Session()
        (path,) = holders(session).paths
        self.assertEqual(path.status, "caller")
        self.assertRegex(str(path), r"^local session of .*test_only_the_caller \(\S+:\d+\) \(nothing else that the collector sees holds it\)$")

    def test_only_the_caller_and_a_cycle(self):
        session = Session()
        session.friends = [session]
        (path,) = holders(session).paths
        self.assertEqual((path.status, path.note[:16]), ("caller", "it is in a cycle"))

    def test_what_c_code_holds(self):
        import ctypes
        seen = weakref.ref(Session())
        self.assertIsNone(seen())
        held = [Session()]
        seen = weakref.ref(held[0])
        address = id(held)
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(held))
        del held
        (path,) = holders(seen()).paths
        self.assertEqual(path.status, "unseen")
        text = "native code or a value that a running function has not named (list, 1 entry) → [0] (test_lib_holders.Session)"
        self.assertEqual(str(path)[:len(text)], text)
        ctypes.pythonapi.Py_DecRef(ctypes.c_void_p(address))

    def test_many_holders_are_searched_from_the_roots(self):
        session = Session()
        registry["all"] = [(session,) for _ in range(3000)]
        first = holders(session).paths[0]
        self.assertRegex(str(first), r'registry \(dict, 1 entry\) → \["all"\] \(list, 3000 entries\) → \[\d+\] \(tuple, 1 entry\) → \[0\]')
        self.assertGreater(holders(session, most=2).more, 2000)

    def test_frozen_objects_are_found_from_the_roots(self):
        done = run_child("""
            import gc, heaptrail
            class Session: pass
            held = {"a": [Session()]}
            def look(session):
                return heaptrail.holders(session).paths[0]
            gc.collect(); list(map(lambda n: [n], range(3000)))
            many = [[n] for n in range(3000)]
            gc.freeze()
            print(look(held["a"][0]))
            """)
        self.assertEqual((done.code, done.out), (0, 'module __main__ → .held (dict, 1 entry) → ["a"] (list, 1 entry) → [0] (Session)\n'), done)

    def test_a_search_that_is_cut_says_so(self):
        registry["a"] = [[[[[Session()]]]]]
        path = holders(registry["a"][0][0][0][0][0], nodes=1).paths[0]
        self.assertEqual((path.status, path.steps), ("cut", ()))
        self.assertRegex(str(path), r"^not known: the search was cut after \d+ objects$")
        self.assertEqual(holders(registry["a"][0][0][0][0][0], seconds=0).paths[0].status, "cut")

    def test_patterns_are_equal_for_equal_holders(self):
        first, second = Session(), Session()
        registry["a"], registry["b"] = [first], [1, second]
        one, two = holders(first).paths[0], holders(second).paths[0]
        self.assertEqual(one.pattern, two.pattern)
        self.assertNotEqual(str(one), str(two))

    def test_plain_data_for_json(self):
        import json
        session = Session()
        registry["a"] = session
        data = json.loads(json.dumps(holders(session).as_dict()))
        self.assertEqual([step["label"] for step in data["paths"][0]["steps"]], [".registry", '["a"]'])


class LeavesNothing(unittest.TestCase):
    def test_reference_counts_are_the_same_and_no_cycle_is_left(self):
        session, other = Session(), [Session()]
        registry["a"] = session
        app.list = other
        session.other = other
        gc.collect()
        before = [sys.getrefcount(thing) for thing in (session, other, registry, app, Session)]
        for _ in range(3):
            holders(session)
        self.assertEqual([sys.getrefcount(thing) for thing in (session, other, registry, app, Session)], before)
        self.assertEqual(gc.collect(), 0)
        registry.clear()
        vars(app).clear()

    def test_the_object_dies_with_its_last_variable(self):
        session = Session()
        found, seen = holders(session), weakref.ref(session)
        del session
        self.assertIsNone(seen())
        self.assertEqual(found.paths[0].status, "caller")

    def test_variables_that_were_read_die_as_before(self):
        noted = []

        def outer():
            mine = Session()
            noted.append(weakref.ref(mine))
            inner([])
            mine = None
            return noted[0]()

        def inner(other):
            holders(other)

        self.assertIsNone(outer())

    def test_the_dict_of_a_function_that_asked_for_it_is_not_emptied(self):
        def outer():
            mine = 5
            table = locals()
            inner([])
            return table["mine"], mine

        def inner(other):
            holders(other)

        self.assertEqual(outer(), (5, 5))

    @unittest.skipIf(sys.version_info < (3, 11), "attributes lie in the object since 3.11")
    def test_no_dict_of_attributes_is_made(self):
        session = Session()
        session.name = [1]
        before = gc.get_referents(session)
        app.sessions = session
        self.assertIn("(test_lib_holders.Session) → .name (list, 1 entry)", texts(lambda: app.sessions.name)[0])
        self.assertEqual(list(map(type, gc.get_referents(session))), list(map(type, before)))
        vars(app).clear()


class CallsNothing(unittest.TestCase):
    def tearDown(self):
        registry.clear()
        Trap.calls.clear()

    def test_traps_on_the_way(self):
        Trap.calls.clear()
        session = Session()
        trap = object.__new__(Trap)
        object.__setattr__(trap, "session", session)
        strange = trap_of_trap_type()
        for holder in ([trap], (strange, trap), {1: trap}, {"key": [trap, session]}):
            registry["a"] = holder
            holders(session)
            holders(trap)
            holders(strange)
        self.assertEqual(Trap.calls, [])

    def test_properties_and_getattr_are_not_called(self):
        calls = []

        class Loud:
            def __init__(self, held):
                self.held = held

            @property
            def loud(self):
                calls.append("property")

            def __getattr__(self, name):
                calls.append(name)
                raise AttributeError(name)

        registry["a"] = Loud(Session())
        self.assertIn("→ .held (test_lib_holders.Session)", texts(lambda: registry["a"].held)[0])
        self.assertEqual(calls, [])

    def test_keys_that_compare(self):
        class Key(str):
            def __eq__(self, _other):
                raise AssertionError("compared")

            def __hash__(self):
                return str.__hash__(self)

        session = Session()
        vars(app)[Key("held")] = session
        seen = weakref.ref(session)
        del session
        self.assertRegex(texts(seen)[0], r"\.app \(test_lib_holders.App\) → (\.\[.*Key\]|->|\[.*Key\]) \(")
        vars(app).clear()


if __name__ == "__main__":
    unittest.main()
