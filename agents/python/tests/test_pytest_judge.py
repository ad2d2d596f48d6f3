"""What judges a test, without pytest: repetitions of plain functions."""

import collections
import functools
import itertools
import os
import socket
import sys
import tempfile
import threading
import tracemalloc
import unittest
import weakref

from lib_child import Trap, run_child, trap_of_trap_type
from which_pythons import oldest_and_newest

from heaptrail.pytest import CANNOT_TELL, CLEAN, LEAK, LeakFound
from heaptrail.pytest.accepted import AcceptedError, add_accepted, read_accepted
from heaptrail.pytest.checker import Checker
from heaptrail.pytest.fingerprint import fingerprint
from heaptrail.pytest.known_state import known_state
from heaptrail.pytest.settings import Settings
from heaptrail.pytest.verdict import LeakPlace, verdict_of

KEPT = []
TEXTS = {}


class Session:
    def __init__(self):
        self.rows = [1, 2]


def judged(function, accepted=None, **options):
    checker = Checker("a test", Settings(repeats=15, seconds=60), accepted or {}, fails=False)
    return checker.check(function, **options)


def keep():
    KEPT.append(Session())


class Leaks(unittest.TestCase):
    def setUp(self):
        del KEPT[:]
        TEXTS.clear()

    def test_one_object_per_call_is_found_with_its_line_and_its_holder(self):
        found = judged(keep)
        self.assertEqual(found.verdict, LEAK, str(found))
        (place,) = found.leaks
        self.assertEqual((place.type, place.per_call), ("test_pytest_judge.Session", 1.0))
        self.assertIn("module test_pytest_judge → .KEPT (list", place.held_by)
        self.assertIn("KEPT.append(Session())", place.made[0])
        self.assertFalse(tracemalloc.is_tracing())

    def test_its_clean_twin_is_clean(self):
        found = judged(lambda: Session())
        self.assertEqual((found.verdict, found.places), (CLEAN, ()), str(found))
        self.assertRegex(str(found), r"growth of less than 1 object in \d+ calls would not have been seen")

    @oldest_and_newest
    def test_a_text_in_a_dict_is_found(self):
        found = judged(lambda: TEXTS.__setitem__(len(TEXTS), "text %d" % len(TEXTS)))
        self.assertEqual([(place.type, place.per_call) for place in found.leaks], [("str", 1.0)], str(found))
        self.assertIn(".TEXTS (dict", found.leaks[0].held_by)

    @oldest_and_newest
    def test_an_entry_that_is_no_new_object_is_found(self):
        found = judged(lambda: KEPT.append(None))
        self.assertEqual([place.type for place in found.leaks], ["NoneType"], str(found))

    @oldest_and_newest
    def test_a_chain_is_found_though_only_its_head_is_held(self):
        def lengthen():
            session = Session()
            session.next = TEXTS.get("head")
            TEXTS["head"] = session

        found = judged(lengthen)
        self.assertEqual((found.verdict, found.leaks[0].type), (LEAK, "test_pytest_judge.Session"), str(found))

    @oldest_and_newest
    def test_one_leak_in_many_lists_is_found_though_each_list_grows_by_less_than_half_an_entry_per_call(self):
        topics = {number: [] for number in range(8)}
        numbers = itertools.count()
        found = judged(lambda: topics[next(numbers) % 8].append(Session()))
        self.assertEqual(found.verdict, LEAK, str(found))
        (place,) = found.leaks
        self.assertEqual((place.type, place.per_call), ("test_pytest_judge.Session", 1.0))
        self.assertIn("topics", place.held_by)

    def test_many_lists_from_which_the_oldest_goes_are_clean(self):
        topics = {number: collections.deque([Session()], 1) for number in range(8)}
        numbers = itertools.count()
        found = judged(lambda: topics[next(numbers) % 8].append(Session()))
        self.assertEqual((found.verdict, found.places), (CLEAN, ()), str(found))

    def test_the_object_is_named_and_not_its_weak_references_though_many_lists_share_it_out(self):
        topics = {number: [] for number in range(5)}
        numbers = itertools.count()
        register = []

        def subscribe():
            session = Session()
            register.append(weakref.ref(session))
            topics[next(numbers) % 5].append(session)

        found = judged(subscribe)
        self.assertEqual(found.verdict, LEAK, str(found))
        self.assertEqual([place.type for place in found.leaks], ["test_pytest_judge.Session"])

    def test_what_a_finalizer_holds_itself_is_found(self):
        def register():
            session = Session()
            weakref.finalize(session, session.rows.append, session).atexit = False

        found = judged(register)
        self.assertEqual(found.verdict, LEAK, str(found))
        self.assertIn("finalize", found.leaks[0].held_by)

    @oldest_and_newest
    def test_a_thread_that_stays_is_found_soon_and_named(self):
        event = threading.Event()
        try:
            found = judged(lambda: threading.Thread(target=event.wait, daemon=True).start(), repeats=240)
        finally:
            event.set()
        self.assertEqual(found.verdict, LEAK, str(found))
        self.assertIn("threads per call are left behind", found.reason)
        self.assertIn("a thread (Thread) runs at", found.resources[0])
        self.assertLess(found.repeats, 220)

    @oldest_and_newest
    @unittest.skipUnless(os.path.exists("/proc/self/fd"), "descriptors are counted where /proc has them")
    def test_a_socket_that_stays_open_is_found(self):
        try:
            found = judged(lambda: KEPT.append(socket.socket()), repeats=240)
        finally:
            for one in KEPT:
                one.close()
        self.assertEqual(found.verdict, LEAK, str(found))
        self.assertIn("a socket is open", found.resources[0])

    @oldest_and_newest
    @unittest.skipUnless(os.path.isdir("/proc/self/fd"), "needs /proc")
    def test_a_descriptor_without_an_object_is_found(self):
        before = set(os.listdir("/proc/self/fd"))
        try:
            found = judged(lambda: os.open(os.devnull, os.O_RDONLY) and None)
        finally:
            for number in set(os.listdir("/proc/self/fd")) - before:
                try:
                    os.close(int(number))
                except OSError:
                    pass  # the one that the list itself was read from
        self.assertEqual((found.verdict, found.leaks), (LEAK, ()), str(found))
        self.assertIn("1 open files or sockets per call are left behind", str(found))
        self.assertIn("the file /dev/null is open", str(found))
        self.assertEqual(judged(lambda: os.close(os.open(os.devnull, os.O_RDONLY))).verdict, CLEAN)

    def test_a_loop_is_judged_by_its_body(self):
        checker = Checker("a test", Settings(repeats=15), {})
        with self.assertRaisesRegex(LeakFound, r"Session   1 per call"):
            for _ in checker.repeats():
                KEPT.append(Session())
        for _ in checker.repeats():
            Session()
        self.assertEqual([verdict.verdict for verdict in checker.verdicts], [LEAK, CLEAN])

    @oldest_and_newest
    def test_programs_code_is_not_called_and_nothing_is_kept(self):
        del Trap.calls[:]
        found = judged(lambda: KEPT.append((Trap(), trap_of_trap_type())))
        self.assertEqual((found.verdict, Trap.calls), (LEAK, []), found.reason)
        one = Session()
        KEPT.append(one)
        judged(keep)
        gone = weakref.ref(one)
        del one, KEPT[:]
        self.assertIsNone(gone())


class NoLeaks(unittest.TestCase):
    @oldest_and_newest
    def test_growth_that_stops_is_none(self):
        memo, numbers = {}, iter(range(100_000))
        found = judged(lambda: memo.setdefault(min(40, next(numbers)), Session()), repeats=240)
        self.assertEqual(found.verdict, CLEAN, str(found))

    @oldest_and_newest
    def test_a_cache_with_a_bound_is_none_while_it_fills(self):
        numbers = iter(range(100_000))
        cached = functools.lru_cache(maxsize=5000)(lambda number: Session())
        found = judged(lambda: cached(next(numbers)))
        self.assertNotEqual(found.verdict, LEAK, str(found))

    @oldest_and_newest
    def test_allowed_accepted_and_below_the_threshold(self):
        for options in ({"allow": "Session"}, {"allow": ["nothing", ".KEPT"]}, {"threshold": 10}):
            found = judged(keep, **options)
            self.assertEqual((found.verdict, found.leaks), (CLEAN, ()), str(found))
        name = judged(keep).leaks[0].fingerprint
        found = judged(keep, {name: "known"})
        self.assertEqual((found.verdict, [place.state for place in found.places]), (CLEAN, ["accepted"]), str(found))

    def test_too_little_time_is_told(self):
        found = judged(lambda: (keep(), threading.Event().wait(0.05)), seconds=0.2)
        self.assertEqual(found.verdict, CANNOT_TELL)
        self.assertIn("took all of the 0.2 seconds", found.reason)

    def test_options_are_checked(self):
        for options, text in (
            ({"repeat": 3}, "no option 'repeat'"), ({"repeats": 3}, "at least 12"), ({"threshold": -1}, "negative"),
            ({"repeats": "100"}, "repeats has to be a number, not '100'"), ({"seconds": True}, "seconds has to be a number, not True"),
        ):
            with self.assertRaisesRegex((TypeError, ValueError), text):
                Settings().with_options(options)

    def test_an_error_ends_it(self):
        with self.assertRaises(ZeroDivisionError):
            judged(lambda: 1 / 0)
        self.assertFalse(tracemalloc.is_tracing())


class Parts(unittest.TestCase):
    def test_fingerprints_are_those_of_the_reports(self):
        # The same four as in packages/core/src/report/fingerprint.test.ts.
        parts = ([], [""], ["class finalize", "._registry", "weakref.finalize"], ["größe", "日"])
        self.assertEqual([fingerprint(each) for each in parts], ["ab3e7c0b", "4997eb7b", "bf19e6a0", "16224e3a"])

    def test_state_of_tests_is_told_from_the_program(self):
        for path, kind in (
            ("module linecache → .cache (dict, 3 entries)", "tuple"), ("module sys → .path_importer_cache (dict)", "x"),
            ("module app → .__warningregistry__ (dict)", "tuple"), ("module app → .client (unittest.mock.MagicMock) → ._calls (list)", "x"),
            ("module _pytest.fixtures → .x", "dict"), ("module re → ._cache (dict, 1 entry)", "re.Pattern"),
        ):
            self.assertTrue(known_state(path, kind), path)
        for path in ("module app → .SESSIONS (list)", "module relations → .rows (list)", "module sys → .app_rows (list)"):
            self.assertEqual(known_state(path, "app.Row"), "", path)

    def test_the_list_of_accepted_leaks_is_added_to_and_checked(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "accepted.txt")
            self.assertEqual(read_accepted(path), {})
            place = LeakPlace("app.Row", 1.0, 1.0, ("app.py:3  rows.append(row)",), "module app → .rows (list)", "0123abcd", "")
            self.assertEqual((add_accepted(path, [place, place]), add_accepted(path, [place])), (1, 0))
            self.assertEqual(read_accepted(path), {"0123abcd": "app.Row held by module app → .rows (list), made at app.py:3"})
            with open(path, "a", encoding="utf-8") as file:
                file.write("# a remark\n\nnonsense\n")
            with self.assertRaisesRegex(AcceptedError, r"accepted.txt:6: expected a fingerprint of eight hex digits"):
                read_accepted(path)

    @oldest_and_newest
    def test_a_verdict_survives_the_way_from_a_worker(self):
        found = judged(keep)
        self.assertEqual(verdict_of(found.as_dict()), found)

    def test_it_needs_no_pytest_and_warns_of_nothing(self):
        done = run_child("""
            import sys
            from heaptrail.pytest.checker import Checker
            from heaptrail.pytest.settings import Settings
            kept = []
            checker = Checker("x", Settings(repeats=12), {}, fails=False)
            print(checker.check(lambda: kept.append(object.__new__(type("A", (), {})))).verdict, checker.check(list).verdict, "pytest" in sys.modules)
            """)
        self.assertEqual((done.code, done.err, done.out), (0, "", "leak clean False\n"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
