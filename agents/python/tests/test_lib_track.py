"""`@track`: every instance is noted, and nothing else about the class changes."""

import abc
import copy
import dataclasses
import enum
import gc
import inspect
import pickle
import sys
import threading
import time
import typing
import unittest
import weakref
from collections import namedtuple

from lib_child import Trap, run_child
import heaptrail
from heaptrail import check_leaks, stats, track, watched

kept = []


def twin(make):
    """A class as it is, and one made alike that is tracked."""
    return make(), track(make())


def outcome(call):
    """What a call gives, or raises, in a form that can be compared."""
    try:
        return "gives", type(call()).__name__
    except Exception as error:
        # What C says of `object.__new__` of another kind names the nearest class with a `__new__` as it is.
        return "raises", type(error).__name__, str(error).split(" is not safe, use ")[0]


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


class Unchanged(TrackTest):
    """Each kind of class beside a twin that is not tracked."""

    KINDS = {}

    def plain():
        class Kind:
            pass
        return Kind

    def with_init():
        class Kind:
            def __init__(self, first, *, second=2):
                self.first, self.second = first, second
        return Kind

    def with_new():
        class Kind:
            def __new__(cls, first, second=2):
                return super().__new__(cls)
        return Kind

    def with_both():
        class Kind:
            def __new__(cls, *args, **kwargs):
                return super().__new__(cls)

            def __init__(self, first):
                self.first = first
        return Kind

    def passing_too_much():
        class Kind:
            def __new__(cls, *args):
                return super().__new__(cls, *args)
        return Kind

    def a_list():
        class Kind(list):
            pass
        return Kind

    def a_dict():
        class Kind(dict):
            def __init__(self, *args):
                super().__init__(*args)
        return Kind

    def an_int():
        class Kind(int):
            pass
        return Kind

    def a_str():
        class Kind(str):
            def __new__(cls, text):
                return super().__new__(cls, text * 2)
        return Kind

    def a_tuple():
        class Kind(namedtuple("Kind", "first second")):
            pass
        return Kind

    def an_exception():
        class Kind(OSError):
            pass
        return Kind

    def abstract():
        class Kind(abc.ABC):
            @abc.abstractmethod
            def method(self):
                """Nothing."""
        return Kind

    def generic():
        class Kind(typing.Generic[typing.TypeVar("T")]):
            def __init__(self, first):
                self.first = first
        return Kind

    def slotted():
        class Kind:
            __slots__ = ("first",)

            def __init__(self, first=None):
                self.first = first
        return Kind

    def a_dataclass():
        @dataclasses.dataclass
        class Kind:
            first: int
            second: int = 2
        return Kind

    KINDS = {name: kind for name, kind in list(vars().items()) if inspect.isfunction(kind)}

    CALLS = [
        lambda kind: kind(), lambda kind: kind(1), lambda kind: kind(1, 2), lambda kind: kind(1, second=3), lambda kind: kind("a"),
        lambda kind: kind(x=1), lambda kind: kind([1, 2]), lambda kind: kind.__new__(kind), lambda kind: kind.__new__(kind, 1),
        lambda kind: object.__new__(kind), lambda kind: type("Sub", (kind,), {"__init__": lambda self, a: None})(1),
        lambda kind: type("Sub", (kind,), {"__new__": lambda cls, a: kind.__new__(cls)})(1),
        lambda kind: type("Sub", (kind,), {"__new__": lambda cls, a: kind.__new__(cls, a)})(1),
        lambda kind: type("Sub", (kind,), {})(1), lambda kind: copy.copy(kind(1)), lambda kind: copy.deepcopy(kind()),
        lambda kind: type("Both", (kind, Mixin), {})(1), lambda kind: type("Both", (Mixin, kind), {})(1),
        lambda kind: kind().__reduce_ex__(2)[0], lambda kind: kind("a").__reduce_ex__(4)[1][1:],
    ]

    def test_calls_give_and_raise_the_same(self):
        for name, make in self.KINDS.items():
            plain, tracked = twin(make)
            for at, call in enumerate(self.CALLS):
                with self.subTest(kind=name, call=at):
                    self.assertEqual(outcome(lambda: call(tracked)), outcome(lambda: call(plain)))

    def test_the_signature_is_the_same_also_of_subclasses(self):
        for name, make in self.KINDS.items():
            plain, tracked = twin(make)
            for at, derive in enumerate((
                lambda kind: kind,
                lambda kind: type("Sub", (kind,), {"__init__": lambda self, own: None}),
                lambda kind: type("Sub", (kind,), {}),
                lambda kind: type("SubSub", (type("Sub", (kind,), {"__init__": lambda self, own: None}),), {}),
                lambda kind: type("Sub", (kind,), {"__new__": lambda cls, own: None}),
                lambda kind: type("Sub", (kind, WithInit), {}),
            )):
                with self.subTest(kind=name, subclass=at):
                    self.assertEqual(self.signature(lambda: derive(tracked)), self.signature(lambda: derive(plain)))

    def signature(self, get):
        try:
            kind = get()
        except TypeError as error:
            return str(error)
        try:
            return str(inspect.signature(kind))
        except ValueError:
            return "no signature"

    def test_instances_have_no_attribute_more(self):
        for name, make in self.KINDS.items():
            plain, tracked = twin(make)
            for kind in (plain, tracked):
                if inspect.isabstract(kind):
                    continue
            try:
                one, other = plain(1), tracked(1)
            except TypeError:
                continue
            with self.subTest(kind=name):
                self.assertEqual(getattr(other, "__dict__", None), getattr(one, "__dict__", None))
                self.assertEqual(isinstance(other, tracked), isinstance(one, plain))
                self.assertEqual(sys.getsizeof(other), sys.getsizeof(one))
                self.assertEqual((tracked.__name__, tracked.__doc__, tracked.__mro__[1:]), (plain.__name__, plain.__doc__, plain.__mro__[1:]))
                self.assertFalse(hasattr(other, "__signature__") and not hasattr(one, "__signature__"))

    def test_dataclasses_in_either_order_and_with_slots(self):
        def after():
            @dataclasses.dataclass
            @track
            class Kind:
                first: int
            return Kind

        orders = [after]
        if sys.version_info >= (3, 10):
            def with_slots():
                @dataclasses.dataclass(slots=True)
                @track
                class Kind:
                    first: int
                return Kind
            orders.append(with_slots)
        for make in orders:
            heaptrail.reset()
            kind = make()
            kept.append(kind(5))
            self.assertEqual((kept[-1].first, self.noted(), str(inspect.signature(kind))), (5, ["Kind"], "(first: int) -> None"))
            self.assertEqual(dataclasses.replace(kept[-1], first=6).first, 6)

    def test_pickles_of_every_protocol(self):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            for one in (Module("a"), Child("a", 2)):
                self.assertEqual(pickle.loads(pickle.dumps(one, protocol)), one)

    def test_a_subclass_that_counts_its_calls(self):
        calls = []

        @track
        class Base:
            def __init_subclass__(cls, **kwargs):
                calls.append(("subclass", kwargs))

            def __new__(cls, *args):
                calls.append(("new", cls.__name__, args))
                return super().__new__(cls)

            def __init__(self, *args):
                calls.append(("init", args))

        class Sub(Base, option=1):
            pass

        Sub(1, 2)
        self.assertEqual(calls, [("subclass", {"option": 1}), ("new", "Sub", (1, 2)), ("init", (1, 2))])

    def test_what_cannot_be_tracked_is_refused(self):
        class Color(enum.Enum):
            RED = 1

        class Meta(type):
            pass

        for kind in (int, object, Color, Meta, type, 5, lambda: None):
            with self.assertRaises(TypeError):
                track(kind)
        for options in ({"rate": 0}, {"lifetime": -1}, {"rate": float("nan")}):
            with self.assertRaises(ValueError):
                track(**options)
        self.assertIs(Color(1), Color.RED)

    def test_errors_of_constructors_are_the_programs_own(self):
        @track
        class Failing:
            def __init__(self):
                raise KeyError("own")

        with self.assertRaisesRegex(KeyError, "own"):
            Failing()
        gc.collect()
        self.assertEqual(self.noted(), [])


class Mixin:
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)


class WithInit:
    def __init__(self, from_second):
        pass


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
