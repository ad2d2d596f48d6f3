"""watch_growth: a thread that looks at memory from time to time, and disturbs nothing."""

import os
import signal
import threading
import time
import tracemalloc
import unittest

from lib_child import run_child
from test_lib_tracking import HERE, KEPT, leak, line_of, use_and_drop

import heaptrail


class Watching(unittest.TestCase):
    def setUp(self):
        del KEPT[:]

    def tearDown(self):
        self.assertFalse(tracemalloc.is_tracing())

    def until(self, condition, seconds=10.0):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            time.sleep(0.005)
        self.assertTrue(condition())

    def test_growth_is_told_once_and_a_slow_one_when_it_adds_up(self):
        seen = []
        with heaptrail.MemoryTracker(threshold_kib=50) as tracker:
            with tracker.watch_growth(interval=0.01, on_growth=seen.append) as watch:
                self.until(lambda: watch.checks > 2)
                self.assertEqual(seen, [])
                leak(100)
                self.until(lambda: len(seen) == 1)
                self.assertEqual(seen[0].rows[0].stack[0], (HERE, line_of(leak, "KEPT.append")))
                for _ in range(6):
                    checks = watch.checks
                    leak(20)
                    self.until(lambda: watch.checks > checks + 1)
                self.assertEqual(len(seen), 3)
                self.assertLessEqual(len(tracker.snapshots()), 10)
            self.assertFalse(watch.running)
            checks = watch.checks
            time.sleep(0.05)
            self.assertEqual(watch.checks, checks)

    def test_a_clean_program_is_not_called_about(self):
        seen = []
        with heaptrail.MemoryTracker(threshold_kib=50) as tracker, tracker.watch_growth(0.01, seen.append) as watch:
            for _ in range(20):
                use_and_drop(100)
                time.sleep(0.003)
            self.until(lambda: watch.checks > 3)
        self.assertEqual(seen, [])

    def test_a_failing_callback_is_an_event_and_stops_neither_itself_nor_others(self):
        class Nasty(BaseException):
            __str__ = __repr__ = None

        def fail(_comparison):
            raise Nasty

        seen = []
        with heaptrail.MemoryTracker(threshold_kib=20) as tracker:
            with tracker.watch_growth(0.01, fail) as failing, tracker.watch_growth(0.01, seen.append):
                self.until(lambda: failing.checks)
                for calls in (1, 2):
                    leak(100)
                    self.until(lambda: failing.calls >= calls and len(seen) >= calls)
                self.assertTrue(failing.running)
        self.assertGreaterEqual(failing.failures, 2)
        event = tracker.events[0]
        self.assertEqual(event.code, "HEAPTRAIL_CALLBACK_FAILED")
        self.assertIn("Nasty at " + os.path.abspath(__file__), event.text)

    def test_the_callback_may_stop_the_watch_and_close_the_tracker(self):
        done = []
        tracker = heaptrail.MemoryTracker(threshold_kib=20)

        def stop(_comparison):
            watch.stop()
            tracker.close()
            done.append(watch.running)

        watch = tracker.watch_growth(0.01, stop)
        self.until(lambda: watch.checks)
        leak(100)
        self.until(lambda: done)
        self.assertEqual(done, [False])
        self.assertTrue(watch.stop())
        self.assertFalse(tracemalloc.is_tracing())

    def test_the_thread_is_not_the_programs(self):
        before = threading.enumerate()
        with heaptrail.MemoryTracker() as tracker, tracker.watch_growth(0.01, lambda _: None) as watch:
            self.until(lambda: watch.checks)
            self.assertEqual(threading.enumerate(), before)

    def test_wrong_settings_start_nothing(self):
        with heaptrail.MemoryTracker() as tracker:
            for interval, by in ((0, "line"), (-1, "line"), (1, "file")):
                with self.assertRaises(ValueError):
                    tracker.watch_growth(interval, print, by=by)

    def test_a_program_that_ends_or_forks_while_it_is_watched_prints_nothing(self):
        outcome = run_child("""
            import os, time, heaptrail
            tracker = heaptrail.MemoryTracker()
            watch = tracker.watch_growth(0.01, lambda comparison: None)
            kept = []
            for _ in range(5):
                kept.append(bytearray(10000))
                pid = os.fork()
                if pid == 0:
                    assert not watch.running
                    assert tracker.snapshot("child").label == "child"
                    assert tracker.compare_to_baseline() is not None if tracker._baseline else True
                    again = tracker.watch_growth(0.01, lambda comparison: None)
                    end = time.monotonic() + 30
                    while not again.checks and time.monotonic() < end:
                        time.sleep(0.01)
                    assert again.checks
                    tracker.close()
                    os._exit(7)
                assert os.waitpid(pid, 0)[1] >> 8 == 7
                assert watch.running
            import gc
            gc.collect()
            checks, end = watch.checks, time.monotonic() + 30
            while watch.checks <= checks and time.monotonic() < end:
                time.sleep(0.01)
            print("went on" if watch.checks > checks else "stands still")
        """)
        self.assertEqual((outcome.code, outcome.out, outcome.err), (0, "went on\n", ""))

    @unittest.skipUnless(os.path.isdir("/proc/self/task"), "needs /proc")
    def test_no_signal_of_the_program_can_land_in_the_thread(self):
        def masks():
            found = []
            for task in os.listdir("/proc/self/task"):
                with open("/proc/self/task/%s/status" % task) as file:
                    found += [int(line.split()[1], 16) for line in file if line.startswith("SigBlk:")]
            return sorted(found)

        before = masks()
        with heaptrail.MemoryTracker() as tracker, tracker.watch_growth(0.01, lambda _: None) as watch:
            self.until(lambda: watch.checks)
            (added,) = [mask for mask in masks() if mask not in before]
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGCHLD):
            self.assertTrue(added >> (number - 1) & 1, number)
        self.assertFalse(added >> (signal.SIGSEGV - 1) & 1)


if __name__ == "__main__":
    unittest.main()
