"""MemoryTracker: which lines allocate what is still alive."""

import gc
import json
import os
import sys
import threading
import tracemalloc
import unittest
import weakref

from lib_child import Trap, run_child

import heaptrail

HERE = os.path.abspath(__file__)
KEPT = []


def leak(count=100):
    """Keeps one block of 1000 bytes and more each."""
    for _ in range(count):
        KEPT.append(bytearray(1000))


def use_and_drop(count=100):
    """The clean twin."""
    for _ in range(count):
        bytearray(1000)


def line_of(function, text):
    with open(HERE, encoding="utf-8") as file:
        lines = file.readlines()
    first = function.__code__.co_firstlineno
    return next(number for number in range(first, first + 20) if text in lines[number - 1])


class Tracking(unittest.TestCase):
    def setUp(self):
        self.assertFalse(tracemalloc.is_tracing(), "left on by the test before")
        self.original_start = tracemalloc.start
        del KEPT[:]

    def tearDown(self):
        self.assertIs(tracemalloc.start, self.original_start)
        tracemalloc.stop()

    def rows_of(self, comparison, function, text):
        place = (HERE, line_of(function, text))
        return [row for row in comparison.rows if row.stack[0] == place]


class Differences(Tracking):
    def test_the_line_that_leaks_is_first_with_its_size_count_and_average(self):
        with heaptrail.MemoryTracker() as tracker:
            tracker.baseline()
            leak(100)
            comparison = tracker.compare_to_baseline()
        row = comparison.rows[0]
        self.assertEqual(row.stack, ((HERE, line_of(leak, "KEPT.append")),))
        self.assertGreaterEqual(row.size_change_bytes, 100 * 1000)
        self.assertLess(row.size_change_bytes, 100 * 1200)
        self.assertIn(row.blocks_change, (200, 201))
        self.assertAlmostEqual(row.average_bytes, row.size_bytes / row.blocks)
        self.assertGreaterEqual(comparison.size_change_bytes, row.size_change_bytes)

    def test_the_clean_twin_shows_nothing_at_its_line(self):
        with heaptrail.MemoryTracker() as tracker:
            use_and_drop(10)
            tracker.baseline()
            use_and_drop(100)
            comparison = tracker.compare_to_baseline()
        self.assertEqual([row for row in self.rows_of(comparison, use_and_drop, "bytearray(1000)") if row.size_change_bytes > 200], [])

    def test_what_was_freed_is_a_negative_change(self):
        with heaptrail.MemoryTracker() as tracker:
            leak(100)
            tracker.baseline()
            del KEPT[50:]
            comparison = tracker.compare_to_baseline()
        (row,) = self.rows_of(comparison, leak, "KEPT.append")
        self.assertLessEqual(row.size_change_bytes, -50 * 1000)
        self.assertLessEqual(row.blocks_change, -100)
        self.assertEqual(comparison.grown(), tuple(row for row in comparison.rows if row.size_change_bytes > 0))

    def test_stacks_tell_two_callers_of_one_line_apart(self):
        def first():
            leak(10)

        def second():
            leak(30)

        with heaptrail.MemoryTracker(frames=3) as tracker:
            tracker.baseline()
            first()
            second()
            comparison = tracker.compare_to_baseline(by="stack")
        rows = self.rows_of(comparison, leak, "KEPT.append")
        self.assertEqual([row.stack[1][1] for row in rows], [line_of(second, "leak(30)"), line_of(first, "leak(10)")])
        self.assertIn("called from " + HERE, str(comparison))

    def test_labels_positions_and_snapshots_name_what_is_compared(self):
        with heaptrail.MemoryTracker() as tracker:
            one = tracker.snapshot("one")
            leak(10)
            two = tracker.snapshot()
            sizes = {
                tracker.compare(*pair).size_change_bytes
                for pair in (("one", "#2"), (0, 1), (-2, -1), (one, two), ("one", two))}
            self.assertEqual(len(sizes), 1)
            self.assertEqual(tracker.compare("one", "one").rows, ())
            for wrong in ("none such", 7, -3):
                with self.assertRaises(LookupError):
                    tracker.compare("one", wrong)
            with self.assertRaises(ValueError):
                tracker.compare(0, 1, by="file")
            with self.assertRaises(TypeError):
                tracker.snapshot(b"bytes")
            self.assertEqual(len(tracker.snapshots()), 2)

    def test_the_sequence_starts_at_the_baseline_and_keeps_the_last(self):
        with heaptrail.MemoryTracker(keep=3) as tracker:
            tracker.baseline()
            for count in (10, 20, 30, 40, 50):
                leak(count)
                tracker.snapshot("after %d" % count)
            sequence = tracker.sequence()
        self.assertEqual(
            [(comparison.before, comparison.after) for comparison in sequence],
            [("baseline", "after 30"), ("after 30", "after 40"), ("after 40", "after 50")])
        self.assertEqual([row.blocks_change // 20 for c in sequence for row in self.rows_of(c, leak, "KEPT.append")], [3 * 2, 4, 5])

    def test_places_below_the_threshold_are_added_up(self):
        with heaptrail.MemoryTracker(threshold_kib=8) as tracker:
            tracker.baseline()
            leak(100)
            KEPT.append([bytearray(2000)])
            comparison = tracker.compare_to_baseline()
            whole = tracker.compare_to_baseline(threshold_kib=0)
        self.assertEqual(len(comparison.rows), 1)
        self.assertGreaterEqual(comparison.hidden_rows, 1)
        self.assertEqual(
            comparison.size_change_bytes, comparison.hidden_change_bytes + sum(row.size_change_bytes for row in comparison.rows))
        self.assertGreater(len(whole.rows), 1)
        self.assertIn("places that changed by less than 8.0 KiB", str(comparison))

    def test_the_baseline_is_needed(self):
        with heaptrail.MemoryTracker() as tracker, self.assertRaises(LookupError):
            tracker.compare_to_baseline()

    def test_plain_data_is_json_and_says_the_same(self):
        with heaptrail.MemoryTracker(frames=2) as tracker:
            tracker.baseline()
            leak(10)
            tracker.snapshot("after")
        data = json.loads(json.dumps(tracker.as_dict(by="stack")))
        first = data["comparisons"][0]["rows"][0]
        self.assertEqual(first["stack"][0], {"file": HERE, "line": line_of(leak, "KEPT.append")})
        self.assertEqual(set(first), {
            "stack", "size_bytes", "size_change_bytes", "blocks", "blocks_change", "average_bytes", "average_change_bytes"})
        self.assertEqual(data["events"], [])

    def test_the_text_has_source_lines_and_no_cache_of_them(self):
        import linecache

        with heaptrail.MemoryTracker() as tracker:
            tracker.baseline()
            leak(10)
            linecache.clearcache()
            text = tracker.compare_to_baseline().table(limit=1)
        self.assertRegex(text, r"^baseline -> now: \+\d")
        self.assertIn("KEPT.append(bytearray(1000))", text)
        self.assertNotIn(HERE, linecache.cache)

    def test_wrong_settings_are_refused(self):
        for settings in ({"frames": 0}, {"frames": 65}, {"keep": 0}, {"threshold_kib": -1}):
            with self.subTest(settings), self.assertRaises(ValueError):
                heaptrail.MemoryTracker(**settings)


class OwnMemory(Tracking):
    def test_no_line_of_heaptrail_is_listed(self):
        with heaptrail.MemoryTracker(frames=5) as tracker:
            tracker.baseline()
            for _ in range(5):
                tracker.snapshot()
            for by in ("line", "stack"):
                for row in tracker.compare_to_baseline(by=by).rows:
                    # By the package's own folder: a clone of the repository may be named heaptrail.
                    self.assertNotIn(os.path.dirname(heaptrail.__file__) + os.sep, row.stack[0][0])
            self.assertGreater(tracker.snapshots()[-1].own_bytes, 0)

    def test_results_keep_nothing_alive_and_call_nothing(self):
        class Held:
            pass

        def body():
            held = Held()
            canaries.append(weakref.ref(held))
            return [held, Trap(), Trap]

        canaries = []
        del Trap.calls[:]
        with heaptrail.MemoryTracker(frames=3) as tracker:
            tracker.baseline()
            content = body()
            tracker.snapshot()
            comparison = tracker.compare_to_baseline(by="stack")
            str(comparison), comparison.as_dict(), repr(comparison)
            del content
            gc.collect()
            self.assertIsNone(canaries[0]())
        self.assertEqual(Trap.calls, [])

    def test_more_stacks_than_are_kept_are_counted_and_doubted(self):
        from heaptrail.tracking.comparison import Comparison
        from heaptrail.tracking.snapshot import take_snapshot

        tracemalloc.start()
        leak(10)
        KEPT.extend([[], {}, bytearray(10)])
        KEPT.append(object())
        whole, cut = take_snapshot("whole", 1), take_snapshot("cut", 1, most_stacks=1)
        self.assertEqual(len(cut.stacks), 1)
        self.assertGreaterEqual(cut.dropped_stacks, len(whole.stacks) - 1)
        self.assertAlmostEqual(cut.traced_bytes, whole.traced_bytes, delta=20_000)
        self.assertEqual(cut.traced_bytes, cut.dropped_bytes + sum(size for size, _ in cut.stacks.values()))
        self.assertIn("were not kept", Comparison(whole, cut).doubts[0])


class WhoseTracing(Tracking):
    def test_several_trackers_share_one_tracing_and_the_last_ends_it(self):
        first, second = heaptrail.MemoryTracker(), heaptrail.MemoryTracker(frames=5)
        first.start()
        second.start()
        second.start()
        first.close()
        self.assertTrue(tracemalloc.is_tracing())
        first.close()
        self.assertTrue(tracemalloc.is_tracing())
        second.close()
        self.assertFalse(tracemalloc.is_tracing())

    def test_a_dropped_tracker_ends_its_tracing(self):
        tracker = heaptrail.MemoryTracker()
        tracker.baseline()
        del tracker
        gc.collect()
        self.assertFalse(tracemalloc.is_tracing())

    def test_a_tracing_that_runs_before_stays_with_its_frames(self):
        tracemalloc.start(7)
        with heaptrail.MemoryTracker(frames=2) as tracker:
            tracker.baseline()
        self.assertTrue(tracemalloc.is_tracing())
        self.assertEqual(tracemalloc.get_traceback_limit(), 7)

    def test_a_start_of_somebody_else_in_between_makes_it_theirs(self):
        with heaptrail.MemoryTracker() as tracker:
            tracker.baseline()
            tracemalloc.start(25)  # CPython ignores it while tracing runs; the caller counts on tracing all the same
        self.assertTrue(tracemalloc.is_tracing())

    def test_a_wrong_start_of_somebody_else_fails_as_ever(self):
        with heaptrail.MemoryTracker(), self.assertRaises(ValueError):
            tracemalloc.start(-1)
        self.assertFalse(tracemalloc.is_tracing())

    def test_a_stop_and_start_of_somebody_else_makes_it_theirs(self):
        for frames in (1, 9):
            with self.subTest(frames):
                with heaptrail.MemoryTracker(frames=1) as tracker:
                    tracker.baseline()
                    tracemalloc.stop()
                    tracemalloc.start(frames)
                    leak(10)
                    comparison = tracker.compare_to_baseline()
                    self.assertIn("stopped", comparison.doubts[0])
                    self.assertIn("note: ", str(comparison))
                self.assertTrue(tracemalloc.is_tracing())
                tracemalloc.stop()

    def test_a_stop_of_somebody_else_is_an_event_and_a_new_baseline_starts_again(self):
        with heaptrail.MemoryTracker() as tracker:
            tracker.baseline()
            tracemalloc.stop()
            self.assertIsNone(tracker.snapshot())
            self.assertIsNone(tracker.compare_to_baseline())
            self.assertEqual([event.code for event in tracker.events], ["HEAPTRAIL_TRACING_LOST"] * 2)
            self.assertIsNotNone(tracker.baseline())
            self.assertTrue(tracemalloc.is_tracing())
            self.assertEqual(tracker.compare_to_baseline().doubts, ())
        self.assertFalse(tracemalloc.is_tracing())

    def test_cleared_traces_are_doubted_and_the_tracing_is_left_on(self):
        with heaptrail.MemoryTracker() as tracker:
            tracker.baseline()
            tracemalloc.clear_traces()
            self.assertTrue(tracker.compare_to_baseline().doubts)
        self.assertTrue(tracemalloc.is_tracing())


class OutOfMemory(Tracking):
    def test_a_snapshot_that_finds_no_memory_is_an_event_and_nothing_is_lost(self):
        outcome = run_child("""
            import resource, tracemalloc, heaptrail
            tracker = heaptrail.MemoryTracker()
            with tracker:
                tracker.baseline()
                kept = [[number] for number in range(300000)]
                tracker.snapshot("before")
                with open("/proc/self/statm") as file:
                    used = int(file.read().split()[0]) * resource.getpagesize()
                soft, hard = resource.getrlimit(resource.RLIMIT_AS)
                resource.setrlimit(resource.RLIMIT_AS, (used + 3_000_000, hard))
                failed = [tracker.snapshot("failing"), tracker.compare_to_baseline(), tracker.baseline()]
                resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
                print(failed, [event.code for event in tracker.events])
                print(tracemalloc.is_tracing(), [one.label for one in tracker.snapshots()])
                del kept[::2]
                tracker.snapshot("after")
                print([repr(c)[:50] for c in tracker.sequence()], tracker.compare("before", "after").size_change_bytes < -1000000)
            print(tracemalloc.is_tracing())
        """)
        self.assertEqual(outcome.code, 0, outcome)
        lines = outcome.out.splitlines()
        self.assertEqual(lines[0], "[None, None, None] " + repr(["HEAPTRAIL_SNAPSHOT_FAILED"] * 3))
        self.assertEqual(lines[1], "True ['before']")
        self.assertTrue(lines[2].endswith("True"), outcome)
        self.assertEqual(lines[3], "False")

    @unittest.skipUnless(hasattr(sys, "implementation") and sys.implementation.name == "cpython", "CPython's own test module")
    def test_memory_running_out_at_every_single_allocation_leaves_a_whole_state(self):
        outcome = run_child("""
            try:
                import _testcapi
            except ImportError:
                print("skipped"); raise SystemExit
            import heaptrail
            tracker = heaptrail.MemoryTracker()
            with tracker:
                tracker.baseline()
                failures = raised = 0
                for after in list(range(0, 1200)) + list(range(1200, 6000, 37)):
                    _testcapi.set_nomemory(after, after + 3)
                    try:
                        result = tracker.snapshot("x")
                    except MemoryError:
                        result, raised = None, raised + 1
                    finally:
                        _testcapi.remove_mem_hooks()
                    failures += result is None
                    for one in tracker.snapshots():
                        assert one.traced_bytes == one.dropped_bytes + sum(size for size, _ in one.stacks.values())
                kept = bytearray(100000)
                assert tracker.compare_to_baseline().size_change_bytes >= 100000
                print("failed", failures > 50, len(tracker.snapshots()) == 10)
        """)
        self.assertEqual(outcome.code, 0, outcome)
        self.assertIn(outcome.out, ("skipped\n", "failed True True\n"))


class ManyThreads(Tracking):
    def test_snapshots_of_several_threads_at_once(self):
        errors = []
        with heaptrail.MemoryTracker(keep=5) as tracker:
            tracker.baseline()

            def work():
                try:
                    for number in range(10):
                        leak(2)
                        tracker.snapshot("%d" % number)
                        tracker.compare_to_baseline()
                        tracker.sequence()
                except BaseException as error:
                    errors.append(error)

            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(errors, [])
            self.assertEqual(len(tracker.snapshots()), 5)


if __name__ == "__main__":
    unittest.main()
