"""`@track`: every instance is noted where it is made, or a sample that stands for all."""

import copy
import gc
import pickle
import threading
import time
import unittest
import weakref
from collections import namedtuple

from lib_child import Trap, run_child
import heaptrail
from heaptrail import check_leaks, stats, track, watched

kept = []


@track
class Module:
    """Of the module, so that it can be pickled."""

    def __init__(self, name="x"):
        self.name = name

    def __eq__(self, other):
        return type(other) is type(self) and vars(other) == vars(self)


class Child(Module):
    def __init__(self, name, more):
        super().__init__(name)
        self.more = more


class TrackTest(unittest.TestCase):
    def setUp(self):
        heaptrail.reset()

    def tearDown(self):
        del kept[:]
        heaptrail.reset()

    def noted(self):
        return [one.type.split(".")[-1] for one in watched()]


class Noting(TrackTest):
    def test_every_instance_with_the_line_that_makes_it(self):
        def make():
            kept.append(Module())
        make()
        make()
        (row,) = stats()
        self.assertEqual((row.type, row.how, row.allocated, row.alive, row.is_exact), ("test_lib_track.Module", "created", 2, 2, True))
        self.assertRegex(str(row.place), r"test_lib_track.py:\d+ in \S*make$")
        kept.pop()
        self.assertEqual([(row.allocated, row.alive) for row in stats()], [(2, 1)])

    def test_without_a_lifetime_none_is_a_leak_with_one_they_are(self):
        kept.append(Module())
        self.assertEqual((check_leaks().leak_count, check_leaks().pending), (0, 1))

        @track(lifetime=0, label="short")
        class Short:
            pass

        kept.append(Short())
        (leak,) = check_leaks().leaks
        self.assertEqual((leak.label, leak.how, leak.held_by.root), ("short", "created", "module test_lib_track"))

    def test_copies_unpickled_and_subclasses(self):
        kept.append(Module())
        kept.append(copy.copy(kept[0]))
        kept.append(pickle.loads(pickle.dumps(kept[0])))
        kept.append(Child("a", 1))
        self.assertEqual(self.noted(), ["Module"] * 3 + ["Child"])
        self.assertEqual(kept[1], kept[0])
        self.assertEqual(kept[2], kept[0])

    def test_an_instance_that_new_gives_again_is_noted_once(self):
        @track
        class Single:
            only = None

            def __new__(cls):
                if cls.only is None:
                    cls.only = super().__new__(cls)
                return cls.only

        self.assertIs(Single(), Single())
        self.assertEqual(self.noted(), ["Single"])
        self.assertEqual(stats()[0].allocated, 1)

    def test_a_tracked_subclass_of_a_tracked_class_notes_once(self):
        @track
        class Base:
            pass

        @track
        class Sub(Base):
            pass

        kept.append(Sub())
        (row,) = stats()
        self.assertEqual((row.allocated, row.place.function.split(".")[-1]), (1, "test_a_tracked_subclass_of_a_tracked_class_notes_once"))

    def test_the_place_is_who_calls_the_class_not_its_constructors(self):
        class Meta(type):
            def __call__(cls, *args):
                return super().__call__(*args)

        @track
        class Base(metaclass=Meta):
            def __new__(cls, *args):
                return super().__new__(cls)

        class Sub(Base):
            def __new__(cls, *args):
                return super().__new__(cls, *args)

        kept.append(Sub(1))
        (row,) = stats()
        self.assertEqual([place.function.split(".")[-1] for place in row.stack[:3]], [
            "__new__", "__call__", "test_the_place_is_who_calls_the_class_not_its_constructors"])
        self.assertEqual(row.place, row.stack[2])

    def test_instances_without_weak_references(self):
        @track
        class Slotted:
            __slots__ = ("name",)

        @track
        class Pair(namedtuple("Pair", "first second")):
            __slots__ = ()

        @track
        class Number(int):
            pass

        kept.extend([Slotted(), Pair(1, 2), Number(5)])
        self.assertEqual(sorted(self.noted()), ["Number", "Pair", "Slotted"])
        self.assertEqual({one.status for one in watched()}, {"alive"})
        kept.clear()
        self.assertEqual(self.noted(), [])

    def test_one_that_takes_the_address_of_another_is_counted_as_such(self):
        @track
        class Slotted:
            __slots__ = ("name",)

        for _ in range(100):
            Slotted()
        kept.append(Slotted())
        self.assertEqual((sum(row.allocated for row in stats()), len(watched())), (101, 1))


class Sampling(TrackTest):
    def test_above_the_rate_a_sample_stands_for_all(self):
        @track(rate=1000)
        class Many:
            pass

        for _ in range(60_000):
            Many()
        kept.extend([Many() for _ in range(20_000)])
        rows = stats()
        allocated, alive = sum(row.allocated for row in rows), sum(row.alive for row in rows)
        sampled = sum(row.sampled for row in rows)
        self.assertLess(sampled, 40_000)
        # What was skipped last has nobody to stand for it yet; else weights add up, give or take their spread.
        self.assertTrue(64_000 < allocated < 96_000, (allocated, sampled))
        self.assertTrue(12_000 < alive < 28_000, (alive, sampled))
        self.assertFalse(all(row.is_exact for row in rows))
        self.assertRegex(heaptrail.report(), r"Many and subclasses: \d+ instances were not noted, more than 1000 came in a second")

    def test_below_it_nothing_is_skipped(self):
        @track(rate=1e9)
        class Few:
            pass

        for _ in range(5000):
            Few()
        self.assertEqual([(row.allocated, row.sampled, row.is_exact) for row in stats()], [(5000, 5000, True)])
        self.assertNotIn("not noted", heaptrail.report())

    def test_after_a_burst_all_are_noted_again(self):
        @track(rate=1000)
        class Burst:
            pass

        for _ in range(20_000):
            Burst()
        time.sleep(0.3)
        for _ in range(3):
            kept.append(Burst())
        self.assertEqual([one for one in self.noted() if one == "Burst"], ["Burst"] * 3)

    def test_a_pattern_in_the_program_does_not_fall_in_step_with_the_sample(self):
        from heaptrail.watching.sampler import Sampler
        sampler = Sampler(1)
        sampler._stride, sampler._begun = 10, sampler._begun + 3600
        taken = [number % 10 for number in range(512, 5000) if sampler.weigh(number)]
        self.assertEqual(set(taken), set(range(10)))
        self.assertTrue(350 < len(taken) < 550, len(taken))


class LeavesNothing(TrackTest):
    def test_instances_and_classes_die(self):
        @track
        class Kind:
            pass

        one = Kind()
        seen = weakref.ref(one)
        del one
        self.assertIsNone(seen())
        seen = weakref.ref(Kind)
        del Kind
        gc.collect()
        self.assertIsNone(seen())

    def test_traps(self):
        Trap.calls.clear()
        kind = track(type("Kind", (Trap,), {}))
        kept.append(kind())
        stats(), watched(), check_leaks()
        kept.clear()
        self.assertEqual(Trap.calls, [])

    def test_deep_in_a_recursion_it_is_the_program_that_fails(self):
        @track(rate=1e9)
        class Kind:
            pass

        def deep():
            Kind()
            deep()
        with self.assertRaises(RecursionError):
            deep()
        kept.append(Kind())
        self.assertEqual(self.noted(), ["Kind"])

    def test_from_many_threads(self):
        @track(rate=1e9)
        class Kind:
            pass

        def work():
            for _ in range(5000):
                Kind()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([(row.allocated, row.alive) for row in stats()], [(20_000, 0)])

    def test_what_cannot_be_noted_is_none_of_the_programs_concern(self):
        done = run_child("""
            import heaptrail
            from heaptrail.watching import tracked_class
            def fail(*args): raise MemoryError
            tracked_class._note = fail
            @heaptrail.track
            class Kind: pass
            print(type(Kind()).__name__)
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "Kind\n", ""))


if __name__ == "__main__":
    unittest.main()
