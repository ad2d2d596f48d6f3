"""gc_stats, gc_paused, collect_every, collect_when_idle: what they measure, and that everything is as before afterwards."""

import asyncio
import gc
import json
import os
import sys
import threading
import time
import unittest

from lib_child import run_child

import heaptrail


class Node:
    pass


def make_garbage(count=1000):
    for _ in range(count):
        node = Node()
        node.me = node


class Collector(unittest.TestCase):
    def setUp(self):
        gc.collect()
        self.before = (gc.isenabled(), gc.get_threshold(), list(gc.callbacks), gc.get_freeze_count())

    def tearDown(self):
        self.assertEqual((gc.isenabled(), gc.get_threshold(), list(gc.callbacks), gc.get_freeze_count()), self.before)

    def until(self, condition, seconds=10.0):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            time.sleep(0.005)
        self.assertTrue(condition())


class Stats(Collector):
    def test_the_interpreter_is_described(self):
        stats = heaptrail.gc_stats()
        self.assertEqual(stats.runtime.implementation, "cpython")
        self.assertEqual(stats.runtime.version, "%d.%d.%d" % sys.version_info[:3])
        self.assertFalse(stats.runtime.free_threaded)
        self.assertEqual(stats.thresholds, gc.get_threshold())
        self.assertEqual(len(stats.generations), 3)
        self.assertGreater(stats.tracked_objects, 1000)
        self.assertIsNone(stats.lost)
        json.dumps(stats.as_dict())
        self.assertRegex(str(stats), r"^cpython \d+\.\d+\.\d+, collector on, thresholds \d+, \d+, \d+\n")

    def test_a_session_measures_each_collection_by_generation(self):
        gc.disable()
        try:
            with heaptrail.gc_stats() as session:
                for generation in (0, 0, 1, 2):
                    make_garbage(100)
                    gc.collect(generation)
                self.assertEqual(session.refresh().lost.pauses, 4)
                gc.collect(0)
        finally:
            gc.enable()
        lost = session.lost
        self.assertEqual([pauses for pauses, _, _ in lost.by_generation], [3, 1, 1])
        self.assertEqual(lost.collected, 4 * 100 * (2 if sys.version_info < (3, 11) else 1))
        self.assertAlmostEqual(lost.total_ms, sum(ms for _, ms, _ in lost.by_generation))
        self.assertTrue(0 < lost.median_ms <= lost.longest_ms <= lost.total_ms < lost.measured_seconds * 1000)
        self.assertAlmostEqual(lost.share, lost.total_ms / 1000 / lost.measured_seconds)
        self.assertIn("lost to collections: ", str(session))
        json.dumps(session.as_dict())

    def test_the_pause_is_what_a_collection_takes(self):
        keep = [[number] for number in range(200_000)]
        with heaptrail.gc_stats() as session:
            started = time.perf_counter()
            gc.collect()
            took_ms = (time.perf_counter() - started) * 1000
        self.assertEqual(len(keep), 200_000)
        self.assertLessEqual(session.lost.longest_ms, took_ms)
        self.assertGreater(session.lost.longest_ms, took_ms * 0.5)

    def test_a_quiet_session_has_lost_nothing(self):
        gc.disable()
        try:
            with heaptrail.gc_stats() as session:
                sum(range(1000))
        finally:
            gc.enable()
        self.assertEqual((session.lost.pauses, session.lost.total_ms, session.lost.median_ms), (0, 0.0, 0.0))

    def test_sessions_may_overlap_and_be_used_again(self):
        one, two = heaptrail.gc_stats(), heaptrail.gc_stats()
        with one:
            gc.collect()
            with two:
                gc.collect()
            with self.assertRaises(RuntimeError):
                one.__enter__()
        self.assertGreaterEqual(one.lost.pauses, 2)
        self.assertGreaterEqual(two.lost.pauses, 1)
        with one:
            pass
        self.assertLess(one.lost.pauses, 2)

    def test_a_failing_body_leaves_no_callback(self):
        with self.assertRaises(KeyError), heaptrail.gc_stats():
            raise KeyError

    def test_callbacks_of_the_program_stay_and_are_not_compared(self):
        class Callback:
            def __call__(self, phase, info):
                seen.append(phase)

            def __eq__(self, other):
                raise AssertionError("code of the program was called")

            __hash__ = None

        seen, callback = [], Callback()
        gc.callbacks.append(callback)
        try:
            with heaptrail.gc_stats():
                gc.collect()
            self.assertIs(gc.callbacks[-1], callback)
            self.assertEqual(seen[:2], ["start", "stop"])
        finally:
            del gc.callbacks[-1]

    def test_a_collection_that_only_ends_in_the_session_is_no_error(self):
        outcome = run_child("""
            import gc, heaptrail
            class Node:
                def __del__(self):
                    session.__enter__()
            session = heaptrail.gc_stats()
            node = Node(); node.me = node; del node
            gc.collect()
            gc.collect()
            session.__exit__()
            assert session.lost.pauses >= 1 and session.lost.longest_ms >= 0, session.lost
            print("ok")
        """)
        self.assertEqual((outcome.code, outcome.out, outcome.err), (0, "ok\n", ""))

    def test_an_interrupt_during_collections_is_not_lost(self):
        outcome = run_child("""
            import gc, os, signal, threading, time, heaptrail
            keep = [[number] for number in range(300000)]
            def interrupt():
                time.sleep(0.3)
                os.kill(os.getpid(), signal.SIGINT)
            with heaptrail.gc_stats():
                try:
                    threading.Thread(target=interrupt).start()
                    while True:
                        gc.collect()
                except KeyboardInterrupt:
                    print("interrupted")
        """)
        self.assertEqual((outcome.code, outcome.out, outcome.err), (0, "interrupted\n", ""))

    def test_other_interpreters_are_told_apart(self):
        from heaptrail.collector import runtime as module

        self.assertEqual(heaptrail.gc_stats().runtime.differences, module._INCREMENTAL if module.has_increments() else ())


class Paused(Collector):
    def test_nothing_is_collected_inside_and_the_state_comes_back(self):
        with heaptrail.gc_paused():
            self.assertFalse(gc.isenabled())
            with heaptrail.gc_stats() as session:
                make_garbage(5000)
            self.assertEqual(session.lost.pauses, 0)
        self.assertTrue(gc.isenabled())

    def test_nested_and_with_exceptions(self):
        with self.assertRaises(KeyError):
            with heaptrail.gc_paused():
                with self.assertRaises(ValueError):
                    with heaptrail.gc_paused():
                        raise ValueError
                self.assertFalse(gc.isenabled())
                raise KeyError
        self.assertTrue(gc.isenabled())

    def test_what_was_off_stays_off(self):
        gc.disable()
        try:
            with heaptrail.gc_paused():
                gc.enable()  # by the program; the state before the pause comes back
            self.assertFalse(gc.isenabled())
        finally:
            gc.enable()

    def test_threads_keep_it_off_until_the_last_ends(self):
        barrier, states = threading.Barrier(2), []

        def pause(first):
            with heaptrail.gc_paused():
                barrier.wait()
                if not first:
                    barrier.wait()
            if first:
                states.append(gc.isenabled())
                barrier.wait()

        threads = [threading.Thread(target=pause, args=(first,)) for first in (True, False)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(states, [False])
        self.assertTrue(gc.isenabled())

    def test_decorator_for_plain_and_async_functions(self):
        @heaptrail.gc_paused()
        def plain(value):
            return value, gc.isenabled()

        @heaptrail.gc_paused()
        async def later(value):
            await asyncio.sleep(0)
            return value, gc.isenabled()

        @heaptrail.gc_paused()
        def deep(count):
            return deep(count - 1) if count else gc.isenabled()

        self.assertEqual(plain(3), (3, False))
        self.assertEqual(asyncio.run(later(4)), (4, False))
        self.assertFalse(deep(5))
        self.assertTrue(asyncio.iscoroutinefunction(later))
        self.assertTrue(gc.isenabled())

        def generator():
            yield

        with self.assertRaises(TypeError):
            heaptrail.gc_paused()(generator)

    def test_one_object_in_many_threads_and_a_generator_that_changes_threads(self):
        pause = heaptrail.gc_paused()

        def generator():
            with pause:
                yield gc.isenabled()
            yield gc.isenabled()

        running = generator()
        self.assertFalse(next(running))
        results = []
        thread = threading.Thread(target=lambda: results.append(next(running)))
        thread.start()
        thread.join()
        self.assertEqual(results, [True])

        def work():
            for _ in range(200):
                with pause:
                    if gc.isenabled():
                        results.append("on")

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [True])
        self.assertTrue(gc.isenabled())

    def test_a_forked_child_keeps_its_own_pauses_only(self):
        outcome = run_child("""
            import gc, os, threading, heaptrail
            inside, leave = threading.Event(), threading.Event()
            def other():
                with heaptrail.gc_paused():
                    inside.set(); leave.wait()
            def child_state():
                import warnings
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # 3.12 warns of the thread of this test
                    pid = os.fork()
                if pid == 0:
                    os._exit(int(gc.isenabled()))
                return os.waitpid(pid, 0)[1] >> 8
            thread = threading.Thread(target=other); thread.start(); inside.wait()
            states = [gc.isenabled(), child_state()]
            with heaptrail.gc_paused():
                states.append(child_state())
            leave.set(); thread.join()
            print(states, gc.isenabled())
        """)
        self.assertEqual((outcome.code, outcome.out, outcome.err), (0, "[False, 1, 0] True\n", ""))


class Every(Collector):
    def test_each_nth_call_collects_and_the_effect_is_measured(self):
        every = heaptrail.collect_every(10)
        gc.disable()
        try:
            done = []
            for _ in range(25):
                make_garbage(10)
                done.append(every())
        finally:
            gc.enable()
        self.assertEqual([number for number, collected in enumerate(done, 1) if collected], [10, 20])
        effect = every.effect
        self.assertEqual(effect.collections, 2)
        self.assertGreaterEqual(effect.collected, 200)
        self.assertGreater(effect.blocks_freed, 100)
        self.assertTrue(0 < effect.longest_ms <= effect.total_ms)
        json.dumps(effect.as_dict())
        self.assertIn("2 collections", str(effect))

    def test_around_functions_also_when_they_fail(self):
        every = heaptrail.collect_every(2)

        @every
        def fails():
            raise KeyError

        @every
        async def later():
            await asyncio.sleep(0)
            return 5

        for _ in range(2):
            with self.assertRaises(KeyError):
                fails()
        self.assertEqual(every.effect.collections, 1)
        self.assertEqual([asyncio.run(later()), asyncio.run(later())], [5, 5])
        self.assertEqual(every.effect.collections, 2)

    def test_threads_share_the_count(self):
        every = heaptrail.collect_every(50, generation=0)
        threads = [threading.Thread(target=lambda: [every() for _ in range(100)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # Two threads may come to their turn at once: one of them collects.
        self.assertTrue(1 <= every.effect.collections <= 8)

    def test_a_finalizer_may_call_it(self):
        class Calls:
            def __del__(self):
                every()

        every = heaptrail.collect_every(1)
        node = Calls()
        node.me = node
        del node
        every()
        self.assertEqual(every.effect.collections, 1)

    def test_wrong_settings_are_refused(self):
        for arguments in ((0,), (-1,)):
            with self.assertRaises(ValueError):
                heaptrail.collect_every(*arguments)
        with self.assertRaises(ValueError):
            heaptrail.collect_every(1, generation=3)


class Idle(Collector):
    def test_a_predicate_says_when(self):
        idle = threading.Event()
        with heaptrail.collect_when_idle(idle.is_set, interval_seconds=0.01) as collector:
            make_garbage(600)
            self.until(lambda: collector.checks > 5)
            self.assertEqual(collector.effect.collections, 0)
            idle.set()
            self.until(lambda: collector.effect.collections > 0)
            self.assertTrue(collector.running)
        self.assertFalse(collector.running)

    def test_a_failing_predicate_is_counted_and_never_collects(self):
        def fail():
            raise SystemExit

        with heaptrail.collect_when_idle(fail, interval_seconds=0.01, least_new_objects=0) as collector:
            self.until(lambda: collector.failures > 2)
            self.assertEqual(collector.effect.collections, 0)

    def test_it_takes_no_more_than_its_share(self):
        keep = [[number] for number in range(200_000)]
        with heaptrail.collect_when_idle(
            lambda: True, interval_seconds=0.005, least_new_objects=0, most_share=0.05
        ) as collector:
            started = time.monotonic()
            time.sleep(1.0)
            spent_ms = collector.effect.total_ms
            seconds = time.monotonic() - started
        self.assertEqual(len(keep), 200_000)
        self.assertGreater(collector.effect.collections, 0)
        self.assertLess(spent_ms - collector.effect.longest_ms, 0.05 * seconds * 1000 + collector.effect.longest_ms)

    def test_a_generation_that_takes_too_long_is_left_alone(self):
        keep = [[number] for number in range(200_000)]
        with heaptrail.collect_when_idle(
            lambda: True, interval_seconds=0.002, least_new_objects=0, most_pause_ms=0.05, most_share=1.0
        ) as collector:
            self.until(lambda: collector.effect.collections >= 4)
        self.assertEqual(len(keep), 200_000)
        self.assertLess(collector.effect.total_ms - collector.effect.longest_ms, collector.effect.longest_ms)

    def test_an_idle_loop_is_collected_in_and_a_busy_one_is_not(self):
        async def idle():
            with heaptrail.collect_when_idle(interval_seconds=0.01, most_share=1.0) as collector:
                for _ in range(200):
                    make_garbage(600)
                    await asyncio.sleep(0.02)
                    if collector.effect.collections > 1:
                        break
            return collector

        async def busy():
            async def work():
                # On a busy machine half a second has few turns: then it goes on, but not for ever.
                while time.monotonic() < end or (collector.checks <= 10 and time.monotonic() < end + 30):
                    time.sleep(0.002)
                    await asyncio.sleep(0)

            with heaptrail.collect_when_idle(interval_seconds=0.01, least_new_objects=0, most_share=1.0) as collector:
                await asyncio.sleep(0.05)  # learns how short a turn can be
                before, end = collector.effect.collections, time.monotonic() + 0.5
                await asyncio.gather(*[work() for _ in range(3)])
            return collector.checks, collector.effect.collections - before

        collector = asyncio.run(idle())
        self.assertGreater(collector.effect.collections, 1)
        self.assertFalse(collector.running)
        checks, collections = asyncio.run(busy())
        self.assertGreater(checks, 10)
        self.assertLessEqual(collections, 1)

    def test_a_closed_loop_ends_it(self):
        async def main():
            return heaptrail.collect_when_idle(interval_seconds=0.01)

        collector = asyncio.run(main())
        self.assertFalse(collector.running)
        collector.stop()

    def test_without_a_loop_and_a_predicate_there_is_nothing_to_watch(self):
        with self.assertRaises(RuntimeError):
            heaptrail.collect_when_idle()
        for settings in ({"interval_seconds": 0}, {"most_share": 0}):
            with self.assertRaises(ValueError):
                heaptrail.collect_when_idle(lambda: True, **settings)

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_forks_and_the_end_of_the_program(self):
        outcome = run_child("""
            import os, time, heaptrail
            collector = heaptrail.collect_when_idle(lambda: True, interval_seconds=0.01, least_new_objects=0)
            for _ in range(5):
                pid = os.fork()
                if pid == 0:
                    os._exit(0 if not collector.running else 1)
                assert os.waitpid(pid, 0)[1] == 0
            time.sleep(0.05)
            print(collector.running)
        """)
        self.assertEqual((outcome.code, outcome.out, outcome.err), (0, "True\n", ""))


if __name__ == "__main__":
    unittest.main()
