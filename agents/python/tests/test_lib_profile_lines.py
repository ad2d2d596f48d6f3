"""profile_lines: which line takes memory, beside whatever else traces."""

import asyncio
import gc
import inspect
import json
import os
import sys
import threading
import tracemalloc
import types
import unittest

import lib_child  # noqa: F401  puts the package on the path

import heaptrail

HERE = os.path.abspath(__file__)
MIB = 1024 * 1024
KEPT = []
# What the tracing itself moves on some versions, for each call: frame objects.
NOISE = 600


def rows_by_source(function):
    return {row.source.strip(): row for row in function.line_profile.rows()}


class Lines(unittest.TestCase):
    def setUp(self):
        del KEPT[:]

    def tearDown(self):
        self.assertFalse(tracemalloc.is_tracing())
        self.assertIsNone(sys.gettrace())
        if hasattr(sys, "monitoring"):
            self.assertEqual([sys.monitoring.get_tool(tool) for tool in range(6)], [None] * 6)


class Figures(Lines):
    def test_growth_hits_and_peak_of_each_line(self):
        @heaptrail.profile_lines
        def load(count):
            rows = []
            for _ in range(count):
                rows.append(bytearray(1000))
            large = bytearray(5 * MIB)
            del large
            KEPT.append(rows)
            return len(rows)

        self.assertEqual(load(500), 500)
        rows = rows_by_source(load)
        kept = rows["rows.append(bytearray(1000))"]
        self.assertEqual(kept.hits, 500)
        self.assertTrue(500_000 < kept.growth_bytes < 600_000, kept)
        self.assertAlmostEqual(rows["large = bytearray(5 * MIB)"].growth_bytes, 5 * MIB, delta=200)
        self.assertAlmostEqual(rows["del large"].growth_bytes, -5 * MIB, delta=200)
        self.assertAlmostEqual(rows["large = bytearray(5 * MIB)"].peak_bytes, 5 * MIB + kept.growth_bytes, delta=20_000)
        self.assertLess(rows["rows = []"].peak_bytes, 10_000)
        self.assertAlmostEqual(load.line_profile.growth_bytes, kept.growth_bytes, delta=NOISE)
        self.assertEqual(load.line_profile.calls, 1)

    def test_a_function_that_keeps_nothing_grows_nothing(self):
        @heaptrail.profile_lines
        def clean():
            rows = [bytearray(1000) for _ in range(100)]
            return len(rows)

        clean()
        clean.line_profile.reset()
        clean()
        self.assertAlmostEqual(clean.line_profile.growth_bytes, 0, delta=NOISE)
        self.assertLess(clean.line_profile.return_bytes, -100_000)

    @unittest.skipIf(sys.version_info < (3, 12), "frame objects of sys.settrace count before")
    def test_a_line_that_takes_nothing_has_nothing(self):
        @heaptrail.profile_lines
        def small():
            one = 1
            two = one
            return two

        for _ in range(3):
            small.line_profile.reset()
            small()
        self.assertEqual([row.growth_bytes for row in small.line_profile.rows()], [0, 0, 0])
        self.assertEqual(small.line_profile.growth_bytes, 0)

    @unittest.skipIf(sys.version_info < (3, 9), "3.8 cannot reset the peak")
    def test_a_peak_within_one_line_is_seen_each_time(self):
        @heaptrail.profile_lines
        def twice():
            len(bytearray(3 * MIB))
            len(bytearray(1 * MIB))
            return None

        twice()
        rows = rows_by_source(twice)
        for source, peak in (("len(bytearray(3 * MIB))", 3 * MIB), ("len(bytearray(1 * MIB))", MIB), ("return None", 0)):
            self.assertAlmostEqual(rows[source].peak_bytes, peak, delta=5000)
            self.assertTrue(rows[source].peak_is_exact)

    def test_a_peak_that_cannot_be_known_is_marked(self):
        tracemalloc.start()
        try:
            bytearray(8 * MIB)

            @heaptrail.profile_lines
            def small():
                len(bytearray(1 * MIB))

            small()
            (row,) = small.line_profile.rows()
            self.assertFalse(row.peak_is_exact)
            self.assertIn("a peak after >=", str(small.line_profile))
            self.assertGreaterEqual(tracemalloc.get_traced_memory()[1], 8 * MIB, "the peak of somebody else was reset")
        finally:
            tracemalloc.stop()

    def test_recursion_counts_every_byte_once(self):
        @heaptrail.profile_lines
        def deep(count):
            KEPT.append(bytearray(10_000))
            if count:
                deep(count - 1)
            KEPT.append(bytearray(1000))

        deep(9)  # the interpreter keeps frames for reuse
        deep.line_profile.reset()
        deep(9)
        rows = rows_by_source(deep)
        self.assertEqual(deep.line_profile.calls, 10)
        self.assertAlmostEqual(rows["KEPT.append(bytearray(10_000))"].growth_bytes, 100_000, delta=3000)
        self.assertAlmostEqual(rows["KEPT.append(bytearray(1000))"].growth_bytes, 10_000, delta=3000)
        self.assertAlmostEqual(rows["deep(count - 1)"].growth_bytes, 0, delta=10 * NOISE)

    def test_an_exception_passes_and_is_counted(self):
        @heaptrail.profile_lines
        def fails():
            KEPT.append(bytearray(10_000))
            try:
                raise KeyError
            except KeyError:
                KEPT.append(bytearray(20_000))
            raise ValueError("mine")

        for _ in range(3):
            with self.assertRaisesRegex(ValueError, "^mine$") as caught:
                fails()
        self.assertLess(len(inspect.getinnerframes(caught.exception.__traceback__)), 5)
        rows = rows_by_source(fails)
        self.assertAlmostEqual(rows["KEPT.append(bytearray(20_000))"].growth_bytes, 60_000, delta=3000)
        self.assertEqual(fails.line_profile.calls, 3)

    def test_threads_each_have_their_own_lines(self):
        @heaptrail.profile_lines
        def work(size):
            barrier.wait()
            KEPT.append(bytearray(size))
            barrier.wait()

        barrier = threading.Barrier(4)
        threads = [threading.Thread(target=work, args=(50_000,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(rows_by_source(work)["KEPT.append(bytearray(size))"].hits, 4)
        self.assertEqual(work.line_profile.calls, 4)

    def test_text_data_and_reset(self):
        shown = []

        @heaptrail.profile_lines(show=shown.append)
        def load():
            KEPT.append(bytearray(50_000))

            return 1

        load()
        text = str(load.line_profile)
        self.assertEqual(shown, [text])
        self.assertRegex(text, r"load  .*test_lib_profile_lines.py:\d+  1 call, \+4\d\.\d KiB")
        self.assertIn("            KEPT.append(bytearray(50_000))", text)
        data = json.loads(json.dumps(load.line_profile.as_dict()))
        self.assertEqual([row["hits"] for row in data["rows"]], [1, 1])
        load.line_profile.reset()
        self.assertIn("it has not run", str(load.line_profile))

    def test_a_failing_show_changes_nothing(self):
        @heaptrail.profile_lines(show=lambda text: 1 / 0)
        def load():
            return 5

        self.assertEqual(load(), 5)


class Kinds(Lines):
    def test_the_kind_of_function_stays(self):
        async def coroutine():
            pass

        async def async_generator():
            yield

        def generator():
            yield

        for function, question in (
            (coroutine, inspect.iscoroutinefunction), (async_generator, inspect.isasyncgenfunction), (generator, inspect.isgeneratorfunction),
        ):
            wrapped = heaptrail.profile_lines(function)
            self.assertTrue(question(wrapped))
            self.assertEqual((wrapped.__name__, wrapped.__qualname__), (function.__name__, function.__qualname__))

    def test_methods_static_and_class_methods(self):
        class Service:
            @heaptrail.profile_lines
            def plain(self):
                return self

            @heaptrail.profile_lines
            @staticmethod
            def static(value):
                return value

            @heaptrail.profile_lines
            @classmethod
            def of_class(cls):
                return cls

        service = Service()
        self.assertIs(service.plain(), service)
        self.assertEqual(Service.static(3), 3)
        self.assertIs(service.of_class(), Service)
        self.assertEqual(Service.of_class.line_profile.calls, 1)

    def test_what_has_no_lines_is_refused(self):
        for wrong in (len, int, object(), 7):
            with self.assertRaises(TypeError):
                heaptrail.profile_lines(wrong)

    def test_a_generator_is_followed_over_its_steps_only(self):
        @heaptrail.profile_lines
        def generator(count):
            for _ in range(count):
                KEPT.append(bytearray(10_000))
                try:
                    got = yield len(KEPT)
                except ValueError:
                    KEPT.append(bytearray(7000))
                    continue
                if got == "stop":
                    return "value"

        def driver(out):
            out.append((yield from generator(10)))

        out = []
        running = driver(out)
        self.assertEqual(next(running), 1)
        large = bytearray(3 * MIB)  # between two steps: not the generator's
        self.assertEqual(running.send(None), 2)
        self.assertEqual(running.throw(ValueError), 4)
        with self.assertRaises(StopIteration):
            running.send("stop")
        self.assertEqual(out, ["value"])
        del large
        rows = rows_by_source(generator)
        self.assertAlmostEqual(rows["KEPT.append(bytearray(10_000))"].growth_bytes, 30_000, delta=2500)
        self.assertAlmostEqual(rows["KEPT.append(bytearray(7000))"].growth_bytes, 7000, delta=2500)
        self.assertLess(rows["got = yield len(KEPT)"].growth_bytes, 10_000)
        self.assertEqual(generator.line_profile.calls, 1)

    def test_a_generator_that_is_closed_or_dropped_ends(self):
        @heaptrail.profile_lines
        def generator():
            try:
                yield 1
            finally:
                KEPT.append("ended")

        one, other = generator(), generator()
        next(one)
        next(other)
        one.close()
        del other
        gc.collect()
        self.assertEqual(KEPT, ["ended", "ended"])

    def test_coroutines_that_take_turns(self):
        @heaptrail.profile_lines
        async def work(size):
            one = bytearray(size)
            await asyncio.sleep(0)
            KEPT.append(one)
            await asyncio.sleep(0.001)
            KEPT.append(bytearray(size))
            return size

        async def main():
            return await asyncio.gather(*[work(50_000) for _ in range(4)])

        self.assertEqual(asyncio.run(main()), [50_000] * 4)
        rows = rows_by_source(work)
        self.assertAlmostEqual(rows["one = bytearray(size)"].growth_bytes, 200_000, delta=5000)
        self.assertAlmostEqual(rows["KEPT.append(bytearray(size))"].growth_bytes, 200_000, delta=5000)
        self.assertEqual(work.line_profile.calls, 4)

    def test_a_cancelled_coroutine_sees_its_cancellation(self):
        @heaptrail.profile_lines
        async def work():
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                KEPT.append("cancelled")
                raise

        async def main():
            task = asyncio.ensure_future(work())
            await asyncio.sleep(0)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        self.assertEqual(KEPT, ["cancelled"])

    def test_async_generators(self):
        @heaptrail.profile_lines
        async def numbers(count):
            try:
                for number in range(count):
                    KEPT.append(bytearray(10_000))
                    await asyncio.sleep(0)
                    got = yield number
                    if got:
                        KEPT.append(got)
            finally:
                KEPT.append("ended")

        async def main():
            seen = [number async for number in numbers(3)]
            half = numbers(3)
            self.assertEqual(await half.__anext__(), 0)
            self.assertEqual(await half.asend("sent"), 1)
            await half.aclose()
            return seen

        self.assertEqual(asyncio.run(main()), [0, 1, 2])
        self.assertEqual([kept for kept in KEPT if type(kept) is str], ["ended", "sent", "ended"])
        row = rows_by_source(numbers)["KEPT.append(bytearray(10_000))"]
        self.assertEqual(row.hits, 5)
        self.assertAlmostEqual(row.growth_bytes, 50_000, delta=3000)

    def test_coroutines_of_the_types_module(self):
        @types.coroutine
        def inner():
            yield

        @heaptrail.profile_lines
        async def outer():
            await inner()
            return 4

        running = outer()
        self.assertIsNone(running.send(None))
        with self.assertRaises(StopIteration) as stop:
            running.send(None)
        self.assertEqual(stop.exception.value, 4)

if __name__ == "__main__":
    unittest.main()
