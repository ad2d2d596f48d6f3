"""The monitor of watched objects: it tells each leak once, and one callback that fails stops no other."""

import os
import sys
import threading
import time
import unittest

from lib_child import run_child
import heaptrail
from heaptrail import watch

registry = {}


class Session:
    pass


def until(condition, seconds=20):
    """Waits until `condition` holds; False when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


class Monitoring(unittest.TestCase):
    def setUp(self):
        heaptrail.reset()
        registry.clear()

    tearDown = setUp

    def test_each_leak_is_told_once_with_its_holder(self):
        told = []
        registry["a"] = watch(Session(), "first")
        heaptrail.start_monitoring(0.02, told.append, grace=0)
        self.assertTrue(until(lambda: told))
        registry["b"] = watch(Session(), "second")
        self.assertTrue(until(lambda: len(told) == 2))
        time.sleep(0.1)
        self.assertEqual([[leak.label for leak in found.leaks] for found in told], [["first"], ["second"]])
        self.assertEqual(str(told[0].leaks[0].held_by).split(" (")[0], "module test_lib_watch_monitoring → .registry")

    def test_a_clean_program_is_told_of_nothing(self):
        told = []
        heaptrail.start_monitoring(0.02, told.append, grace=0)
        for _ in range(20):
            watch(Session())
            session = Session()
            heaptrail.expect_gone(session, within=60)
            time.sleep(0.01)
        self.assertEqual(told, [])

    def test_what_waits_for_the_collector_is_not_told(self):
        import gc
        told = []
        gc.disable()
        try:
            for _ in range(3):
                session = watch(Session())
                session.me = session
            del session
            heaptrail.start_monitoring(0.02, told.append, grace=0)
            time.sleep(0.2)
            self.assertEqual(told, [])
        finally:
            gc.enable()

    def test_a_callback_that_fails_stops_no_other_and_is_in_the_report(self):
        told = []

        def failing(found):
            raise KeyError("own")

        def leaving(found):
            raise SystemExit(3)

        registry["a"] = watch(Session())
        heaptrail.start_monitoring(0.02, [failing, leaving, told.append], grace=0)
        self.assertTrue(until(lambda: told))
        registry["b"] = watch(Session())
        self.assertTrue(until(lambda: len(told) == 2))
        report = heaptrail.report()
        self.assertRegex(report, r"\nmonitor: \d+ checks\n  a callback failed: KeyError at \S*test_lib_watch_monitoring.py:\d+\n  a callback failed: SystemExit at ")

    def test_the_grace_is_the_interval_where_nothing_is_said(self):
        told = []
        registry["a"] = watch(Session())
        heaptrail.start_monitoring(0.3, told.append)
        time.sleep(0.1)
        self.assertEqual(told, [])
        self.assertTrue(until(lambda: told))

    def test_a_second_call_adds_a_callback(self):
        first, second = [], []
        heaptrail.start_monitoring(60, first.append)
        heaptrail.start_monitoring(0.02, second.append, grace=0)
        registry["a"] = watch(Session())
        self.assertTrue(until(lambda: first and second))

    def test_after_stop_nothing_runs(self):
        before = threading.active_count(), system_threads()
        heaptrail.start_monitoring(0.02, lambda found: None)
        heaptrail.stop_monitoring()
        told = []
        registry["a"] = watch(Session())
        self.assertTrue(until(lambda: system_threads() <= before[1]))
        self.assertEqual((threading.active_count(), told), (before[0], []))
        heaptrail.stop_monitoring()

    def test_a_callback_may_stop_it_and_may_watch(self):
        told = []

        def stop(found):
            told.append(found)
            watch(Session())
            heaptrail.check_leaks()
            heaptrail.stop_monitoring()

        registry["a"] = watch(Session())
        heaptrail.start_monitoring(0.02, stop, grace=0)
        self.assertTrue(until(lambda: told))
        registry["b"] = watch(Session())
        time.sleep(0.1)
        self.assertEqual(len(told), 1)

    def test_an_interval_must_be_above_zero(self):
        for interval in (0, -1, float("nan")):
            with self.assertRaises(ValueError):
                heaptrail.start_monitoring(interval)

    def test_the_program_ends_at_once_and_without_a_word(self):
        begun = time.monotonic()
        done = run_child("""
            import heaptrail
            class Session: pass
            held = heaptrail.watch(Session())
            heaptrail.start_monitoring(30, print)
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "", ""))
        self.assertLess(time.monotonic() - begun, 20)

    @unittest.skipUnless(hasattr(os, "fork"), "needs os.fork")
    def test_forks_warn_of_no_thread_and_the_child_has_no_monitor(self):
        done = run_child("""
            import os, time, heaptrail
            class Session: pass
            held, told = {"a": heaptrail.watch(Session())}, []
            heaptrail.start_monitoring(0.05, told.append, grace=0)
            end = time.monotonic() + 60
            while not told and time.monotonic() < end:
                time.sleep(0.01)
            def go():
                pid = os.fork()
                if pid == 0:
                    time.sleep(0.2)
                    heaptrail.watch(Session())
                    print(heaptrail.report().splitlines()[-1], flush=True)
                    os._exit(0)
                os.waitpid(pid, 0)
            exec(compile("go()", "library.py", "exec"), {"go": go, "__name__": "library"})
            held["b"] = heaptrail.watch(Session())
            while len(told) < 2 and time.monotonic() < end:
                time.sleep(0.01); [[] for _ in range(5000)]  # more than a threshold: it goes on at a collection
            print([found.leak_count for found in told])
            """)
        self.assertEqual((done.code, done.err), (0, ""), done)
        self.assertRegex(done.out, r"^monitor: \d+ checks, not running\n\[1, 1\]\n$")


def system_threads():
    return len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 0


if __name__ == "__main__":
    unittest.main()
