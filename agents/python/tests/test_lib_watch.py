"""Watching: what should be gone is told of when it stays, with who holds it, and nothing is kept alive by it."""

import gc
import json
import os
import sys
import tempfile
import threading
import time
import unittest
import weakref

from lib_child import Trap, run_child, trap_of_trap_type
import heaptrail
from heaptrail import check_leaks, expect_gone, unwatch, watch, watched

registry = {}


class Session:
    def __init__(self, user=None):
        self.user = user


def open_session(key=None):
    session = watch(Session(), "checkout")
    if key is not None:
        registry[key] = session


class WatchTest(unittest.TestCase):
    def setUp(self):
        heaptrail.reset()
        registry.clear()

    def tearDown(self):
        heaptrail.reset()
        registry.clear()


class Leaks(WatchTest):
    def test_a_watched_object_that_stays_is_told_with_its_holder_and_its_place(self):
        open_session("a")
        found = check_leaks()
        (leak,) = found.leaks
        self.assertTrue(found)
        self.assertEqual((leak.type, leak.label, leak.status, leak.how), ("test_lib_watch.Session", "checkout", "alive", "watched"))
        self.assertEqual(str(leak.held_by), 'module test_lib_watch → .registry (dict, 1 entry) → ["a"] (test_lib_watch.Session)')
        self.assertRegex(str(leak.place), r"test_lib_watch.py:\d+ in open_session$")
        self.assertEqual([place.function.split(".")[-1] for place in leak.stack[:2]], [
            "open_session", "test_a_watched_object_that_stays_is_told_with_its_holder_and_its_place"])
        self.assertTrue(0 <= leak.overdue_s <= leak.age_s < 60)
        self.assertEqual(leak.size_bytes, sys.getsizeof(registry["a"]))

    def test_a_clean_twin_is_not(self):
        open_session()
        found = check_leaks()
        self.assertFalse(found)
        self.assertEqual((found.leaks, found.watched, found.garbage, found.pending), ((), 0, 0, 0))

    def test_what_waits_for_the_collector_is_no_leak(self):
        gc.disable()
        try:
            for _ in range(3):
                session = watch(Session())
                session.user = session
            del session
            found = check_leaks()
            self.assertEqual((found.leaks, found.garbage, found.watched), ((), 3, 3))
            self.assertIn("3 more wait only for the cyclic collector", str(found))
            self.assertEqual(check_leaks(paths=0).garbage, 3)
            self.assertEqual((check_leaks(collect=True).garbage, len(watched())), (0, 0))
        finally:
            gc.enable()

    def test_many_leaks_are_told_together_and_one_of_each_place_is_searched_first(self):
        for number in range(30):
            open_session("key_%d" % number)
        registry["one"] = watch(Session())
        found = check_leaks(paths=2)
        self.assertEqual((found.leak_count, [leak.held_by is not None for leak in found.leaks]), (31, [True] * 2 + [False] * 29))
        self.assertNotEqual(found.leaks[0].place, found.leaks[1].place)
        text = str(found)
        self.assertRegex(text, r"^31 of 31 watched objects are alive past their time\n\nLEAK  test_lib_watch.Session   30 objects, ")
        self.assertEqual(text.count("LEAK"), 2)

    def test_garbage_among_many_is_found_by_one_look(self):
        gc.disable()
        try:
            for number in range(30):
                open_session("key_%d" % number)
                garbage = watch(Session())
                garbage.user = garbage
            del garbage
            found = check_leaks(paths=3)
            self.assertEqual((found.leak_count, found.garbage), (30, 30))
        finally:
            gc.enable()

    def test_a_search_that_is_cut_is_said_to_be(self):
        registry["a"] = [[[[watch(Session())]]]]
        found = check_leaks(seconds=0)
        self.assertEqual((found.leaks[0].held_by.status, found.note), ("cut", "not every search came to an end"))

    def test_variables_of_running_functions_hold_as_well(self):
        mine = watch(Session())
        self.assertRegex(str(check_leaks().leaks[0].held_by), r"^local mine of \S+ \(\S+:\d+\) \(test_lib_watch.Session\)$")
        del mine
        self.assertFalse(check_leaks())

    def test_watching_twice_is_watching_once(self):
        registry["a"] = watch(Session(), "first")
        self.assertIs(watch(registry["a"], "second"), registry["a"])
        self.assertEqual([(one.label, one.type) for one in watched()], [("second", "test_lib_watch.Session")])

    def test_unwatch(self):
        session = watch(Session())
        self.assertTrue(unwatch(session))
        self.assertFalse(unwatch(session))
        self.assertFalse(check_leaks())
        self.assertEqual(weakref.getweakrefcount(session), 0)

    def test_plain_data_for_json(self):
        open_session("a")
        registry["b"] = watch([1])
        data = json.loads(json.dumps(check_leaks().as_dict()))
        self.assertEqual(data["leaks"][0]["held_by"]["steps"][0]["label"], ".registry")
        self.assertEqual(data["leaks"][0]["place"]["function"], "open_session")

    def test_labels_that_are_no_str_do_no_harm(self):
        class Text(str):
            def __str__(self):
                raise AssertionError("called")

        registry["a"] = watch(Session(), Text("checkout"))
        registry["b"] = watch(Session(), 5)
        self.assertEqual(sorted(leak.label for leak in check_leaks().leaks), ["?", "checkout"])


class ExpectedToBeGone(WatchTest):
    def test_within_its_time_it_is_no_leak(self):
        session = Session()
        expect_gone(session, within=60, label="soon")
        found = check_leaks()
        self.assertEqual((found.leaks, found.pending), ((), 1))
        (one,) = watched()
        self.assertTrue(-60 <= one.overdue_s < -50)

    def test_past_it_it_is(self):
        session = Session()
        expect_gone(session, within=0)
        self.assertEqual(len(check_leaks().leaks), 1)
        self.assertEqual(len(check_leaks(grace=60).leaks), 0)

    def test_of_a_watched_object_it_renews_the_time(self):
        session = watch(Session(), "a")
        expect_gone(session, within=60, label="b")
        self.assertFalse(check_leaks())
        self.assertEqual([one.label for one in watched()], ["b"])

    def test_a_negative_time_is_refused(self):
        with self.assertRaises(ValueError):
            expect_gone(Session(), within=-1)
        with self.assertRaises(ValueError):
            expect_gone(Session(), within=float("nan"))


class ManySurvivors(WatchTest):
    def test_the_look_at_the_whole_heap_takes_none_of_the_time_for_paths(self):
        for number in range(20):
            registry[number] = watch(Session())
        from heaptrail.watching import survivors
        states = survivors.states

        def slow_states(heap):
            time.sleep(1.1)
            return states(heap)

        survivors.states = slow_states
        try:
            found = check_leaks(seconds=1)
        finally:
            survivors.states = states
        self.assertEqual((found.leak_count, found.leaks[0].held_by.status, found.note), (20, "found", ""), str(found))


class Statistics(WatchTest):
    def test_allocated_alive_and_their_ratio_per_place(self):
        for number in range(10):
            open_session("k%d" % number if number < 3 else None)
        (row,) = heaptrail.stats()
        self.assertEqual((row.type, row.how, row.allocated, row.alive, row.ratio, row.is_exact), ("test_lib_watch.Session", "watched", 10, 3, 0.3, True))
        self.assertRegex(str(row.place), r"test_lib_watch.py:\d+ in open_session$")
        self.assertEqual(json.loads(json.dumps(row.as_dict()))["alive"], 3)

    def test_two_places_are_two_rows(self):
        open_session("a")
        registry["b"] = watch(Session())
        self.assertEqual([row.alive for row in heaptrail.stats()], [1, 1])

    def test_the_report(self):
        open_session("a")
        open_session()
        text = heaptrail.report()
        self.assertRegex(text, r"^1 of 1 watched objects is alive past its time\n\nLEAK  test_lib_watch.Session   \d+ B, \d+\.\d s old, label \"checkout\"\n")
        self.assertRegex(text, r"\n  watched   \S*test_lib_watch.py:\d+ in open_session ← ")
        self.assertRegex(text, r"\n  held by   module test_lib_watch → .registry ")
        self.assertRegex(text, r"\n        2          1    50 %  test_lib_watch.Session   watched \S*test_lib_watch.py:\d+ in open_session$")

    def test_reset_forgets_all(self):
        open_session("a")
        heaptrail.reset()
        self.assertEqual((heaptrail.stats(), watched(), check_leaks().watched), ([], [], 0))
        self.assertEqual(weakref.getweakrefcount(registry["a"]), 0)

    def test_places_beyond_the_limit_share_one_row(self):
        from heaptrail.watching import registry as room
        before = room.MOST_SITES
        room.MOST_SITES = 3
        try:
            for number in range(10):
                namespace = {"watch": watch, "Session": Session}
                exec(compile("\n" * number + "kept = watch(Session())", "<made>", "exec"), namespace)
                registry[number] = namespace["kept"]
            self.assertEqual(sum(row.alive for row in heaptrail.stats()), 10)
            self.assertEqual([row.alive for row in heaptrail.stats() if row.place is None], [7])
            self.assertIn("in more places than are kept", heaptrail.report())
        finally:
            room.MOST_SITES = before


class Graph(WatchTest):
    def test_json_and_dot(self):
        open_session("a")
        open_session("b")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "graph.json")
            self.assertEqual(heaptrail.export_graph(path).leak_count, 2)
            with open(path, encoding="utf-8") as file:
                graph = json.load(file)
            self.assertEqual(sorted(node["kind"] for node in graph["nodes"]), ["object", "root", "survivor", "survivor"])
            self.assertEqual(sorted(edge["label"] for edge in graph["edges"]), ['.registry', '["a"]', '["b"]'])
            self.assertEqual({edge["from"] for edge in graph["edges"]} | {edge["to"] for edge in graph["edges"]}, {node["id"] for node in graph["nodes"]})
            path = os.path.join(folder, "graph.dot")
            heaptrail.export_graph(path)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            self.assertRegex(text, r"^digraph survivors \{\n")
            self.assertIn('[label="[\\"a\\"]"];', text)
            self.assertIn('"root module test_lib_watch" [label="module test_lib_watch", shape=ellipse];', text)
            self.assertTrue(text.endswith("}\n"))

    def test_another_suffix_is_refused_before_anything_else(self):
        with self.assertRaisesRegex(ValueError, r"must end in .dot, .gv or .json, not in '.svg'"):
            heaptrail.export_graph("graph.svg")


class LeavesNothing(WatchTest):
    def test_no_reference_and_no_cycle(self):
        session, inner = Session([1]), [Session()]
        registry["a"] = session
        before = [sys.getrefcount(thing) for thing in (session, session.user, inner, inner[0], registry, Session)]
        watch(session), watch(inner), watch(inner[0])
        for _ in range(2):
            results = [check_leaks(), watched(), heaptrail.stats(), heaptrail.report()]
        gc.collect()
        self.assertEqual([sys.getrefcount(thing) for thing in (session, session.user, inner, inner[0], registry, Session)], before)
        check_leaks(), watched(), heaptrail.report()
        self.assertEqual(gc.collect(), 0)
        seen = weakref.ref(session)
        registry.clear()
        del session
        self.assertIsNone(seen())
        del results

    def test_classes_of_watched_objects_die(self):
        class Local:
            pass

        watch(Local())
        seen = weakref.ref(Local)
        del Local
        gc.collect()
        self.assertIsNone(seen())
        self.assertEqual(heaptrail.stats()[0].allocated, 1)

    def test_traps(self):
        Trap.calls.clear()
        trap, strange = object.__new__(Trap), trap_of_trap_type()
        registry["a"] = [watch(trap, "trap"), watch(strange, "strange"), watch([trap])]
        expect_gone(trap, 0)
        str(check_leaks())
        heaptrail.report(), heaptrail.stats(), watched()
        unwatch(trap), unwatch(strange)
        del registry["a"]
        self.assertEqual(Trap.calls, [])

    def test_objects_that_die_while_others_are_noted_from_many_threads(self):
        failed = []

        def work():
            try:
                for number in range(3000):
                    session = watch(Session())
                    session.user = [session] if number % 3 == 0 else None
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(5):
            heaptrail.stats()
            check_leaks(paths=1)
        for thread in threads:
            thread.join()
        gc.collect()
        self.assertEqual(failed, [])
        self.assertEqual([(row.allocated, row.alive) for row in heaptrail.stats()], [(12000, 0)])

    def test_beyond_the_limit_nothing_more_is_noted_and_the_report_says_so(self):
        from heaptrail.watching import registry as room
        before = room.MOST_WATCHED
        room.MOST_WATCHED = 5
        try:
            for number in range(8):
                open_session("k%d" % number)
            self.assertEqual(check_leaks().watched, 5)
            self.assertIn("3 objects were not noted: so many are watched already", heaptrail.report())
        finally:
            room.MOST_WATCHED = before


class Processes(unittest.TestCase):
    @unittest.skipUnless(hasattr(os, "fork"), "needs os.fork")
    def test_a_forked_child_goes_on_alone(self):
        done = run_child("""
            import os, sys, warnings, heaptrail
            class Session: pass
            held = {"a": heaptrail.watch(Session())}
            pid = os.fork()
            if pid == 0:
                held["b"] = heaptrail.watch(Session())
                print(heaptrail.check_leaks().leak_count, flush=True)
                held.clear()
                print(heaptrail.check_leaks().leak_count, flush=True)
                os._exit(0)
            os.waitpid(pid, 0)
            print(heaptrail.check_leaks().leak_count)
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "2\n0\n1\n", ""))

    @unittest.skipUnless(hasattr(os, "fork"), "needs os.fork")
    def test_a_fork_while_another_thread_looks_at_the_heap(self):
        done = run_child("""
            import os, threading, warnings, heaptrail
            warnings.simplefilter("ignore")
            class Session: pass
            held = {"a": heaptrail.watch(Session())}
            stop = threading.Event()
            def look():
                while not stop.is_set():
                    heaptrail.check_leaks(); heaptrail.stats()
            thread = threading.Thread(target=look); thread.start()
            codes = set()
            for _ in range(20):
                pid = os.fork()
                if pid == 0:
                    code = 3
                    try:
                        code = heaptrail.check_leaks().leak_count
                    finally:
                        os._exit(code)
                codes.add(os.waitpid(pid, 0)[1] >> 8)
            stop.set(); thread.join()
            print(codes)
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "{1}\n", ""))

    def test_at_exit_nothing_is_printed(self):
        done = run_child("""
            import heaptrail
            class Session:
                def __del__(self): heaptrail.watch([1])
            held = [heaptrail.watch(Session()) for _ in range(1000)]
            held[0].me = held[0]
            @heaptrail.track
            class Tracked: pass
            kept = [Tracked() for _ in range(100)]
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "", ""))


if __name__ == "__main__":
    unittest.main()
