"""`native_held()`: what native code alone keeps, by type, with the line that made it; and none of it where it is given back."""

import ctypes
import gc
import json
import sys
import tracemalloc
import unittest
import weakref

import native_ways
from lib_child import Trap, TrapType, run_child
from native_ways import Unavailable
import heaptrail
from heaptrail import native_held

HERE = "test_lib_native.py"


# By address: ctypes itself would ask an object of the program what it is.
INC, DEC = [ctypes.PYFUNCTYPE(None, ctypes.c_void_p)((name, ctypes.pythonapi)) for name in ("Py_IncRef", "Py_DecRef")]


def row_of(answer, name):
    """The row of a type, or None."""
    found = [row for row in answer.rows if row.type == name]
    return found[0] if found else None


class Session:
    pass


class Slotted:
    __slots__ = ("name",)


def line_here():
    return sys._getframe(1).f_lineno


class EveryWay(unittest.TestCase):
    """A page handed to C in each way: leaking, and its clean twin."""

    def used(self, name, leaky):
        try:
            use = native_ways.way(name)
        except Unavailable as error:
            self.skipTest(str(error).splitlines()[0])
        native_ways.draw(use, 0, False)
        gc.collect()
        before = native_held()
        for number in range(30):
            native_ways.draw(use, number, leaky)
        return native_held().growth_since(before)

    def test_leaks_are_named(self):
        for name in native_ways.WAYS:
            with self.subTest(name):
                grown = self.used(name, True)
                row = row_of(grown, "_cffi_backend.__CDataOwnGC" if name == "cffi_handle" else "native_ways.Page")
                self.assertIsNotNone(row, grown)
                self.assertEqual((row.objects_change, row.references_change), (30, 30), grown)
                self.assertGreater(row.size_change_bytes, 30 * 40)

    def test_clean_twins_are_not(self):
        for name in native_ways.WAYS:
            with self.subTest(name):
                grown = self.used(name, False)
                self.assertEqual([row for row in grown.rows if "Page" in row.type or "cffi" in row.type], [], grown)


class Contract(unittest.TestCase):
    """The library for the tests keeps the contract that makes the mistake so natural."""

    def run_images(self, code):
        done = run_child("""
            import sys
            import native_ways
            try:
                images = native_ways.Images(native_ways.compile_c(native_ways.SOURCE, "images.so"), native_ways.ctypes.PyDLL, native_ways.ctypes.py_object)
            except native_ways.Unavailable:
                sys.exit(77)
            library = images.library
            """ + code)
        if done.code == 77:
            self.skipTest("no C compiler")
        return done

    def test_a_release_after_an_init_that_failed_ends_the_process(self):
        done = self.run_images("""
            receiver = library.image_alloc()
            assert library.image_init(receiver, None) is None
            library.image_release(receiver)
            """)
        self.assertEqual((done.code, done.err.splitlines()[0]), (-6, "image_release: the image is freed already"))

    def test_what_was_retained_for_its_sake_leaks_where_init_succeeds(self):
        done = self.run_images("""
            images.draw(True, lambda image: library.image_init(image, None))
            print(library.image_alive())
            images.draw(True, lambda image: library.image_init(image, "a page"))
            images.draw(False, lambda image: library.image_init(image, "a page"))
            print(library.image_alive())
            """)
        self.assertEqual((done.code, done.out), (0, "0\n1\n"), done)


class Kept:
    """Things that C has a reference to, given back at the end."""

    def __init__(self, *things):
        self.addresses = [id(thing) for thing in things]
        for address in self.addresses:
            INC(address)

    def give_back(self):
        for address in self.addresses:
            DEC(address)
        del self.addresses[:]


class Held(unittest.TestCase):
    def keep(self, *things):
        kept = Kept(*things)
        self.addCleanup(kept.give_back)

    def test_type_objects_references_and_bytes(self):
        first, second = Session(), Session()
        self.keep(first, second, second)
        del first, second
        row = row_of(native_held(), "test_lib_native.Session")
        self.assertEqual((row.objects, row.references, row.lines), (2, 3, ()))
        self.assertGreater(row.size_bytes, 2 * 30)

    def test_what_names_hold_is_not_held_from_outside(self):
        mine = Session()
        mine.friends = [Session(), (Session(),), {Session()}, {"a": Session()}]
        closure = (lambda found: lambda: found)(Session())

        def suspended():
            local = Session()
            yield local
        running = suspended()
        next(running)
        found = native_held()
        self.assertIsNone(row_of(found, "test_lib_native.Session"), found)
        self.assertIsNotNone((mine, closure))

    def test_variables_of_other_threads_are_not_either(self):
        import threading
        ready, stop = threading.Event(), threading.Event()

        def work():
            mine = Session()
            ready.set()
            stop.wait()
            return mine
        thread = threading.Thread(target=work)
        thread.start()
        ready.wait()
        try:
            found = native_held()
        finally:
            stop.set()
            thread.join()
        self.assertIsNone(row_of(found, "test_lib_native.Session"), found)

    def test_functions_that_are_being_called_are_not_either(self):
        def called(found):
            return found
        before = native_held()
        grown = called(native_held().growth_since(before))
        self.assertIsNone(row_of(grown, "function"), grown)
        self.assertIsNone(row_of(sorted([grown], key=str)[0], "builtin_function_or_method"), grown)

    def test_garbage_that_waits_for_the_collector_is_not_either(self):
        gc.disable()
        try:
            for _ in range(5):
                session = Session()
                session.me = session
            del session
            found = native_held()
        finally:
            gc.enable()
        self.assertIsNone(row_of(found, "test_lib_native.Session"), found)

    def test_an_object_that_a_list_has_as_well_counts_with_the_reference_of_c_alone(self):
        sessions = [Session() for _ in range(10)]
        self.keep(*sessions)
        self.assertEqual(row_of(native_held(), "test_lib_native.Session").references, 10)

    def test_more_references_to_the_same_object_are_growth(self):
        session = Session()
        self.keep(session)
        before = native_held()
        self.keep(*[session] * 40)
        row = row_of(native_held().growth_since(before), "test_lib_native.Session")
        self.assertEqual((row.objects, row.objects_change, row.references_change, row.size_change_bytes), (1, 0, 40, 0))

    def test_what_was_given_back_is_no_growth(self):
        kept = Kept(Session(), Session())
        before = native_held()
        kept.give_back()
        grown = native_held().growth_since(before)
        self.assertIsNone(row_of(grown, "test_lib_native.Session"))
        self.assertTrue(str(grown).startswith("native code holds no more than before"), grown)
        self.assertFalse(heaptrail.NativeGrowth((), ""))

    def test_immortal_objects_are_left_out(self):
        before = native_held()
        self.keep(*[None, True, (), "", 5, int, Session] * 100)
        after = native_held()
        self.assertEqual(after.growth_since(before).rows, ())

    def test_dicts_of_instances_do_not_pose_as_held(self):
        sessions = [Session() for _ in range(200)]
        for number, session in enumerate(sessions):
            session.number = number
        before = native_held()
        tables = [vars(session) for session in sessions]
        self.assertIsNone(row_of(native_held().growth_since(before), "dict"))
        del tables
        self.assertIsNone(row_of(native_held().growth_since(before), "dict"))

    def test_plain_data_for_json_and_text(self):
        self.keep(Session())
        before = native_held()
        self.keep(Session())
        after = native_held()
        data = json.loads(json.dumps([after.as_dict(), after.growth_since(before).as_dict()]))
        self.assertIn("test_lib_native.Session", [row["type"] for row in data[0]["rows"]])
        self.assertEqual(data[1]["rows"][0]["references_change"], 1)
        self.assertRegex(str(after), r"^\d+ objects held from outside the heap, of \d+\nobjects  references +size  type\n")
        self.assertRegex(repr(after.growth_since(before)), r"references  objects  of +size  type\n +\+1 +\+1 +2  \+\d+ B  test_lib_native.Session\b")


class Lines(unittest.TestCase):
    def held_with(self, make):
        kept = Kept(make())
        self.addCleanup(kept.give_back)
        return row_of(native_held(), "test_lib_native.Session")

    def test_of_watched_objects(self):
        def make():
            return heaptrail.watch(Session()), line_here()
        session, line = make()
        kept = Kept(session)
        self.addCleanup(kept.give_back)
        self.addCleanup(heaptrail.reset)
        del session
        ((place, count),) = row_of(native_held(), "test_lib_native.Session").lines
        self.assertEqual((place[1], count), (line, 1))
        self.assertTrue(place[0].endswith(HERE))

    def test_of_what_was_made_while_tracemalloc_ran(self):
        before = native_held()
        tracemalloc.start()
        try:
            session, line = Session(), line_here()
            kept = Kept(session, Slotted())
            del session
            after = native_held()
        finally:
            tracemalloc.stop()
        self.addCleanup(kept.give_back)
        row = row_of(after.growth_since(before), "test_lib_native.Session")
        self.assertEqual([(place[1], count) for place, count in row.lines], [(line, 1)])
        self.assertEqual(row_of(after.growth_since(before), "test_lib_native.Slotted").lines[0][0][1], line + 1)
        self.assertIn("1 made at %s:%d  session, line = Session(), line_here()" % (row.lines[0][0][0], line), str(after.growth_since(before)))


class LeavesNothing(unittest.TestCase):
    def test_reference_counts_are_the_same_and_objects_die(self):
        session, other = Session(), [Session()]
        gc.collect()
        before = [sys.getrefcount(thing) for thing in (session, other, Session)]
        found = [native_held() for _ in range(3)]
        self.assertEqual([sys.getrefcount(thing) for thing in (session, other, Session)], before)
        seen = weakref.ref(session)
        del session
        self.assertIsNone(seen())
        self.assertEqual(len(found), 3)

    def test_no_code_of_the_program_is_called(self):
        traps = [object.__new__(Trap), object.__new__(TrapType("Strange", (), {"__module__": __name__, "__slots__": ("held",)}))]
        kept = Kept(*traps)
        Trap.calls.clear()
        try:
            before = native_held()
            names = [row.type for row in before.rows]
            before.growth_since(before)
        finally:
            kept.give_back()
        self.assertEqual(Trap.calls, [])
        self.assertIn("lib_child.Trap", names)
        self.assertIn("test_lib_native.Strange", names)


class Processes(unittest.TestCase):
    def test_in_a_small_program_everything_but_the_interpreters_own_is_accounted_for(self):
        done = run_child("""
            import heaptrail, asyncio, json, logging, threading
            class Session: pass
            sessions = {n: Session() for n in range(100)}
            print([row.type for row in heaptrail.native_held().rows if row.type[0].isupper()])
            print(heaptrail.native_held().growth_since(heaptrail.native_held()))
            """)
        self.assertEqual((done.code, done.err, done.out), (0, "", "[]\nnative code holds no more than before\n"))

    def test_in_a_forked_child(self):
        done = run_child("""
            import os, sys, warnings
            warnings.simplefilter("ignore")
            import heaptrail
            heaptrail.native_held()
            if os.fork() == 0:
                os._exit(0 if heaptrail.native_held().rows else 7)
            print(os.wait()[1])
            """)
        self.assertEqual((done.code, done.out), (0, "0\n"), done)


if __name__ == "__main__":
    unittest.main()
