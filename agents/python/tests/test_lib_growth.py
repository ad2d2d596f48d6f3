"""analyze_growth: leaks are called growing, what fills up once is not, and what cannot be told is said so."""

import asyncio
import collections
import functools
import gc
import itertools
import json
import os
import random
import re
import tracemalloc
import unittest
import weakref

from lib_child import Trap, trap_of_trap_type
from which_pythons import oldest_and_newest

import heaptrail
from heaptrail.tracking.growth.pace import BYTES, COUNTS, NOT, SLOWING, STEADY, StageValues, is_worth_following, pace
from heaptrail.tracking.growth.stages import BLOCKS, LEAST, stages

HERE = os.path.abspath(__file__)
KEPT = []
NUMBERS = itertools.count()


class Node:
    pass


class Growth(unittest.TestCase):
    def setUp(self):
        del KEPT[:]

    def tearDown(self):
        self.assertFalse(tracemalloc.is_tracing())

    def judged(self, function, verdict, **settings):
        settings.setdefault("repetitions", 400)
        report = heaptrail.analyze_growth(**settings)(function)()
        # What does not grow may be called so or left open: a busy machine measures fewer rounds. It is never called growing.
        allowed = (verdict, "cannot tell") if verdict == "not growing" else (verdict,)
        self.assertIn(report.verdict, allowed, str(report))
        self.assertEqual(report.growing, {"growing": True, "not growing": False, "cannot tell": None}[report.verdict])
        return report


class Leaks(Growth):
    def test_one_object_per_call_is_found_with_its_line_type_and_size(self):
        def leak():
            KEPT.append(Node())

        report = self.judged(leak, "growing")
        self.assertEqual(report.lines[0].stack[0], (HERE, leak.__code__.co_firstlineno + 1))
        self.assertEqual(report.lines[0].pace, "steady")
        self.assertAlmostEqual(report.lines[0].objects_per_repetition, 1, delta=1)
        self.assertGreater(report.bytes_per_repetition, 30)
        types = {place.type_name: place.objects_per_repetition for place in report.types}
        self.assertEqual(types[__name__ + ".Node"], 1.0)
        self.assertEqual(types["entries of list"], 1.0)
        self.assertIn("KEPT.append(Node())", str(report))
        json.dumps(report.as_dict())

    def test_the_clean_twin_is_not_growing_and_ends_early(self):
        def clean():
            kept = [Node() for _ in range(50)]
            for node in kept:
                node.others = kept

        report = self.judged(clean, "not growing", repetitions=1000)
        self.assertLess(report.repetitions, 100)
        self.assertEqual((report.lines, report.types), ((), ()))
        self.assertGreater(report.smallest_objects_per_repetition, 0)

    @oldest_and_newest
    def test_kinds_of_leaks(self):
        numbers, table, buffer, queue = set(), {}, bytearray(), collections.deque()
        wait = itertools.count(1)

        def every_tenth_call():
            if next(wait) % 10 == 0:
                KEPT.append(Node())

        def cycles_with_a_holder():
            node = Node()
            node.me = node
            KEPT.append(node)

        for function in (
            lambda: KEPT.append(None), lambda: numbers.add(next(NUMBERS)), lambda: table.__setitem__(next(NUMBERS), "x"),
            lambda: buffer.extend(b"x" * 100), lambda: queue.append(1), every_tenth_call, cycles_with_a_holder,
        ):
            with self.subTest(function.__code__.co_consts):
                self.judged(function, "growing")

    def test_what_watches_the_programs_objects_is_not_shown_as_theirs(self):
        self.addCleanup(heaptrail.reset)
        report = self.judged(lambda: KEPT.append(heaptrail.watch(Node())), "growing")
        types = [place.type_name for place in report.types]
        self.assertIn(__name__ + ".Node", types)
        self.assertEqual([name for name in types if name.startswith("heaptrail.")], [])

    def test_the_stack_leads_to_the_callers_line_and_no_further(self):
        def deep():
            KEPT.append(Node())

        def caller():
            deep()

        report = self.judged(caller, "growing")
        self.assertEqual([line for _, line in report.lines[0].stack], [deep.__code__.co_firstlineno + 1, caller.__code__.co_firstlineno + 1])


class Bounded(Growth):
    @oldest_and_newest
    def test_what_fills_once_is_not_growing(self):
        cached = functools.lru_cache(maxsize=128)(lambda number: [number])
        ring = collections.deque(maxlen=100)
        table = {}

        def own_cache():
            table[next(NUMBERS)] = Node()
            if len(table) > 100:
                del table[next(iter(table))]

        for function in (
            lambda: cached(next(NUMBERS)), lambda: ring.append(Node()), own_cache, lambda: KEPT.append(Node()) if len(KEPT) < 90 else None,
        ):
            with self.subTest(function.__code__.co_names):
                self.judged(function, "not growing", repetitions=1000)

    def test_the_regex_cache_is_not_growing(self):
        def patterns():
            re.compile("a%06d" % next(NUMBERS))

        self.judged(patterns, "not growing", repetitions=1500)

    @oldest_and_newest
    def test_a_bounded_thing_that_still_fills_cannot_be_told(self):
        cached = functools.lru_cache(maxsize=5000)(lambda number: [number])
        ring = collections.deque(maxlen=5000)
        for function, name in ((lambda: cached(next(NUMBERS)), "lru_cache"), (lambda: ring.append(Node()), "maxlen=5000")):
            with self.subTest(name):
                self.assertIn(name, self.judged(function, "cannot tell").reason)

    def test_an_unbounded_cache_is_growing(self):
        cached = functools.lru_cache(maxsize=None)(lambda number: [number])
        self.judged(lambda: cached(next(NUMBERS)), "growing")

    def test_churn_is_not_growing(self):
        source = random.Random(1)
        pool = [Node() for _ in range(30)]

        def churn():
            pool[source.randrange(30)] = [Node() for _ in range(source.randrange(5))]

        report = heaptrail.analyze_growth(repetitions=400)(churn)()
        self.assertIsNot(report.growing, True)

    def test_growth_that_slows_down_cannot_be_told(self):
        table, source = {}, random.Random(2)

        def random_keys():
            table[source.randrange(400)] = Node()

        self.judged(random_keys, "cannot tell", repetitions=400)


class Kinds(Growth):
    def test_async_functions(self):
        @heaptrail.analyze_growth(repetitions=100)
        async def leak():
            await asyncio.sleep(0)
            KEPT.append(asyncio.get_running_loop().create_future())

        @heaptrail.analyze_growth(repetitions=100)
        async def clean():
            asyncio.get_running_loop().slow_callback_duration = 60  # logging in the debug mode is not what is tested
            await asyncio.gather(*[asyncio.sleep(0) for _ in range(3)])

        self.assertTrue(asyncio.iscoroutinefunction(leak))
        report = asyncio.run(leak())
        self.assertEqual(report.verdict, "growing", str(report))
        # The allocation is in asyncio; the line of the function is among its callers.
        self.assertIn(HERE, [frame[0] for place in report.lines for frame in place.stack])
        report = asyncio.run(clean())
        self.assertEqual(report.verdict, "not growing", str(report))

    def test_generators_are_read_to_their_end(self):
        def generator():
            yield 1
            KEPT.append(Node())

        async def async_generator():
            yield 1
            KEPT.append(Node())

        self.judged(generator, "growing", repetitions=100)
        report = asyncio.run(heaptrail.analyze_growth(repetitions=100)(async_generator)())
        self.assertEqual(report.verdict, "growing", str(report))

    def test_methods_and_arguments(self):
        class Service:
            kept = []

            @heaptrail.analyze_growth(repetitions=50)
            def handle(self, request, *, keep):
                if keep:
                    self.kept.append([request])

        self.assertTrue(Service().handle("x", keep=True).growing)
        self.assertFalse(Service().handle("x", keep=False).growing)
        self.assertIn("handle", Service().handle("x", keep=False).name)

    def test_what_the_function_raises_is_raised_and_tracing_ends(self):
        @heaptrail.analyze_growth
        def fails():
            raise KeyError("mine")

        with self.assertRaises(KeyError):
            fails()

    def test_wrong_settings_are_refused(self):
        for settings in ({"repetitions": 11}, {"warm_up": -1}):
            with self.assertRaises(ValueError):
                heaptrail.analyze_growth(**settings)
        with self.assertRaises(TypeError):
            heaptrail.analyze_growth(repetitions=50)(7)


class Honesty(Growth):
    def test_time_that_runs_out_cannot_be_told(self):
        report = self.judged(lambda: KEPT.append(Node()), "cannot tell", repetitions=100_000, seconds=0.5)
        self.assertIn("0.5 seconds", report.reason)

    def test_tracing_that_somebody_stops_cannot_be_told(self):
        def stops():
            KEPT.append(Node())
            if len(KEPT) == 20:
                tracemalloc.stop()

        self.assertIn("stopped", self.judged(stops, "cannot tell").reason)

    def test_nothing_of_the_program_is_called_or_kept_alive(self):
        def body():
            node = Node()
            canaries.append(weakref.ref(node))
            KEPT.append([Trap(), trap_of_trap_type()(), node])

        canaries = []
        del Trap.calls[:]
        report = self.judged(body, "growing", repetitions=30)
        str(report), report.as_dict(), repr(report)
        self.assertEqual(Trap.calls, [])
        del KEPT[:]
        gc.collect()
        self.assertEqual([canary() for canary in canaries], [None] * len(canaries))

    @oldest_and_newest
    def test_leaks_of_one_object_per_call_in_many_shapes_are_all_found_and_clean_ones_never_called_growing(self):
        wrong = []
        for seed in range(6):
            source = random.Random(seed)
            size, noise, kept = source.randrange(1, 2000), source.randrange(0, 4), []

            def leak():
                [bytearray(source.randrange(1, 500)) for _ in range(noise)]
                kept.append(bytearray(size))

            def clean():
                [bytearray(source.randrange(1, 500)) for _ in range(noise)]
                bytearray(size)

            wrong += [("missed", seed)] if not heaptrail.analyze_growth(repetitions=60)(leak)().growing else []
            wrong += [("false", seed)] if heaptrail.analyze_growth(repetitions=60)(clean)().growing else []
        self.assertEqual(wrong, [])


class Arithmetic(unittest.TestCase):
    def test_stages_double_and_use_what_is_allowed(self):
        for repetitions in list(range(LEAST, 400)) + [1000, 12345]:
            lengths = stages(repetitions)
            self.assertLessEqual(BLOCKS * sum(lengths), repetitions)
            self.assertGreater(BLOCKS * sum(lengths), repetitions - BLOCKS)
            self.assertTrue(all(after >= before for before, after in zip(lengths, lengths[1:])), lengths)

    def history(self, values_of, plan=(1, 2, 4, 8, 16, 32)):
        """Stages of the count that `values_of` gives at each number of repetitions."""
        done, stages_ = 0, []
        for length in plan:
            values = [values_of(done)]
            for _ in range(BLOCKS):
                done += length
                values.append(values_of(done))
            stages_.append(StageValues(BLOCKS * length, tuple(values)))
        return stages_

    def test_shapes(self):
        for name, values_of, kind, expected in (
            ("line", lambda n: n, COUNTS, STEADY),
            ("line of bytes", lambda n: 100 * n, BYTES, STEADY),
            ("every tenth", lambda n: n // 10, COUNTS, STEADY),
            ("flat", lambda n: 7, COUNTS, NOT),
            ("bounded", lambda n: min(n, 80), COUNTS, NOT),
            ("bounded in the last block", lambda n: min(n, 165), COUNTS, SLOWING),
            ("root", lambda n: int(10 * n ** 0.5), COUNTS, SLOWING),
            ("text that gets longer", lambda n: 50 + len(str(n)), BYTES, NOT),
            ("falling", lambda n: -n, COUNTS, NOT),
        ):
            with self.subTest(name):
                self.assertEqual(pace(self.history(values_of), kind), expected)

    def test_what_goes_up_and_down_by_chance_is_hardly_ever_called_steady(self):
        steady = 0
        for seed in range(500):
            source = random.Random(seed)
            history = self.history(lambda n: source.randrange(50))
            steady += all(is_worth_following(stage, COUNTS) for stage in history) and pace(history, COUNTS) == STEADY
        self.assertLessEqual(steady, 2)

    def test_what_moves_more_than_a_leak_would_is_followed(self):
        self.assertTrue(is_worth_following(StageValues(6, (10, 20, 0, 9)), COUNTS))
        self.assertFalse(is_worth_following(StageValues(6, (10, 11, 10, 9)), COUNTS))
        self.assertTrue(is_worth_following(StageValues(6, (10, 10, 10, 11)), COUNTS))


if __name__ == "__main__":
    unittest.main()
