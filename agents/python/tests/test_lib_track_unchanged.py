"""`@track` changes nothing about a class: each kind of class is compared with a twin that is not tracked."""

import abc
import copy
import dataclasses
import enum
import gc
import inspect
import pickle
import sys
import typing
import unittest
from collections import namedtuple

import lib_child  # noqa: F401  (finds the package)
import heaptrail
from heaptrail import track, watched

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


class Mixin:
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)


class WithInit:
    def __init__(self, from_second):
        pass


class Unchanged(unittest.TestCase):
    """Each kind of class beside a twin that is not tracked."""

    def setUp(self):
        heaptrail.reset()

    def tearDown(self):
        del kept[:]
        heaptrail.reset()

    def noted(self):
        return [one.type.split(".")[-1] for one in watched()]

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

    KINDS = {name: kind for name, kind in list(vars().items()) if inspect.isfunction(kind) and not inspect.signature(kind).parameters}

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


if __name__ == "__main__":
    unittest.main()
