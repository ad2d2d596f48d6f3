"""profile_lines beside the program's own tracers, tracings, threads and forks."""

import sys
import threading
import tracemalloc
import unittest
import weakref

from lib_child import Trap, run_child
from test_lib_profile_lines import KEPT, rows_by_source

import heaptrail


class Beside(unittest.TestCase):
    def setUp(self):
        del KEPT[:]

    def tearDown(self):
        sys.settrace(None)
        self.assertFalse(tracemalloc.is_tracing())
        if hasattr(sys, "monitoring"):
            self.assertEqual([sys.monitoring.get_tool(tool) for tool in range(6)], [None] * 6)

    def trace_of(self, function):
        """The events that a tracer of the program gets of `function`."""
        events = []

        def tracer(frame, event, arg):
            if frame.f_code.co_name == "traced":
                events.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
            return tracer

        sys.settrace(tracer)
        try:
            function()
            self.assertIs(sys.gettrace(), tracer)
        finally:
            sys.settrace(None)
        return events

    def test_a_tracer_of_the_program_sees_the_same_and_stays(self):
        def traced():
            total = 0
            for number in range(3):
                total += number
            try:
                raise KeyError
            except KeyError:
                pass
            return total

        self.assertEqual(self.trace_of(heaptrail.profile_lines(traced)), self.trace_of(traced))

    def test_a_tracer_that_the_function_sets_itself_stays(self):
        def tracer(frame, event, arg):
            return None

        @heaptrail.profile_lines
        def sets():
            sys.settrace(tracer)

        sets()
        self.assertIs(sys.gettrace(), tracer)

    def test_a_tracer_that_raises_takes_itself_away_as_ever(self):
        def tracer(frame, event, arg):
            if frame.f_code.co_name == "traced" and event == "line":
                raise ZeroDivisionError
            return tracer

        def traced():
            return 1

        outcomes = []
        for function in (traced, heaptrail.profile_lines(traced)):
            sys.settrace(tracer)
            try:
                function()
            except ZeroDivisionError:
                outcomes.append("raised")
            sys.settrace(None)
        self.assertEqual(outcomes, ["raised", "raised"])

    @unittest.skipUnless(hasattr(sys, "monitoring"), "sys.monitoring")
    def test_without_a_free_number_sys_settrace_takes_over(self):
        for tool in (2, 3, 4, 5):
            sys.monitoring.use_tool_id(tool, "somebody")
        try:

            @heaptrail.profile_lines
            def work():
                KEPT.append(bytearray(10_000))

            work()
            self.assertIsNone(sys.gettrace())
            self.assertEqual(rows_by_source(work)["KEPT.append(bytearray(10_000))"].hits, 1)
        finally:
            for tool in (2, 3, 4, 5):
                sys.monitoring.free_tool_id(tool)

    def test_tracing_that_stops_meanwhile_loses_figures_and_nothing_else(self):
        @heaptrail.profile_lines
        def stops():
            tracemalloc.stop()
            return bytearray(100_000)

        stops()
        self.assertEqual((stops.line_profile.lost_steps, stops.line_profile.growth_bytes), (1, 0))
        self.assertIn("tracing was stopped", str(stops.line_profile))

    def test_a_tracker_and_a_profile_share_the_tracing(self):
        @heaptrail.profile_lines
        def work():
            KEPT.append(bytearray(10_000))

        with heaptrail.MemoryTracker() as tracker:
            tracker.baseline()
            work()
            self.assertTrue(tracemalloc.is_tracing())
            self.assertGreaterEqual(tracker.compare_to_baseline().size_change_bytes, 10_000)

    def test_nothing_of_the_program_is_called_or_kept_alive(self):
        class Held:
            pass

        @heaptrail.profile_lines
        def generator(held):
            yield held
            del held
            yield Trap()

        del Trap.calls[:]
        held = Held()
        canary = weakref.ref(held)
        running = generator(held)
        next(running)
        del held
        next(running)
        self.assertIsNone(canary())
        running.close()
        str(generator.line_profile)
        self.assertEqual(Trap.calls, [])

    def test_fork_in_the_function(self):
        outcome = run_child("""
            import os, sys, time, heaptrail
            @heaptrail.profile_lines
            def forks():
                kept.append(bytearray(10000))
                pid = os.fork()
                kept.append(bytearray(20000))
                return pid
            @heaptrail.profile_lines
            def waits():
                time.sleep(0.01)
            kept = []
            pid = forks()
            growth = [row.growth_bytes for row in forks.line_profile.rows()]
            assert 10000 < growth[0] < 12000 and 20000 < growth[2] < 22000, growth
            if pid == 0:
                waits()
                assert waits.line_profile.calls >= 1
                if hasattr(sys, "monitoring"):
                    assert [sys.monitoring.get_tool(tool) for tool in range(6)] == [None] * 6
                os._exit(3)
            assert os.waitpid(pid, 0)[1] >> 8 == 3
            print("done")
        """)
        self.assertEqual((outcome.code, outcome.out, outcome.err), (0, "done\n", ""))

    def test_many_threads_begin_and_end_at_once(self):
        @heaptrail.profile_lines
        def work(count):
            kept = []
            for number in range(count):
                kept.append(bytearray(100))
            return len(kept)

        errors = []

        def run():
            try:
                for _ in range(20):
                    assert work(20) == 20
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=run) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(errors, [])
        self.assertEqual(work.line_profile.calls, 120)
        self.assertEqual(rows_by_source(work)["kept.append(bytearray(100))"].hits, 120 * 20)


if __name__ == "__main__":
    unittest.main()
