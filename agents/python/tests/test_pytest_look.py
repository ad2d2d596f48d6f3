"""The cheap look at all that is alive, which ends most judgements of a test."""

import gc
import sys
import unittest

from lib_child import Trap, run_child, trap_of_trap_type

from heaptrail.pytest.checker import Checker
from heaptrail.pytest.collecting import collect, collect_young, is_full_due
from heaptrail.pytest.look import Look, is_quiet, take_look, take_young_look
from heaptrail.pytest.settings import Settings

KEPT = []
CALLS = 6
# Others always collect all: 3.12 itself freezes what is immortal, and later than 3.13 the young are collected with a part of the old.
has_generations = unittest.skipUnless(
    sys.implementation.name == "cpython" and sys.version_info[:2] in ((3, 8), (3, 9), (3, 10), (3, 11), (3, 13)), "other generations")


class Node:
    def __init__(self):
        self.me = self


def repeats(function, **options):
    return Checker("a test", Settings(repeats=15, seconds=60), {}, fails=False).check(function, **options).repeats


class YoungLook(unittest.TestCase):
    def setUp(self):
        del KEPT[:]
        take_look()

    def test_it_counts_what_is_kept_as_a_full_one_does(self):
        for keep in (lambda: KEPT.append(Node()), lambda: KEPT.append("text %d" % len(KEPT)), lambda: KEPT.append(None), Node):
            before = take_look()
            for _ in range(CALLS):
                keep()
            young = take_young_look(before)
            if young is not None:
                self.assertEqual(is_quiet(before, young, CALLS, 0), keep is Node)
            young = None
            self.assertEqual(is_quiet(before, take_look(), CALLS, 0), keep is Node)

    @has_generations
    def test_old_garbage_does_not_hide_what_is_kept(self):
        KEPT.extend(Node() for _ in range(CALLS))
        before = Look()  # each look counts another one
        before = take_look()
        del KEPT[:]
        KEPT.extend(Node() for _ in range(CALLS))
        self.assertFalse(is_quiet(before, take_young_look(before), CALLS, 0))
        self.assertTrue(is_quiet(before, take_look(), CALLS, 0))

    @has_generations
    def test_there_is_none_when_something_old_was_collected(self):
        before = take_look()
        self.assertIsNotNone(take_young_look(before))
        gc.collect(1)
        self.assertIsNone(take_young_look(before))

    @has_generations
    def test_the_collector_is_left_as_it_was(self):
        gc.disable()
        try:
            thresholds = gc.get_threshold()
            self.assertTrue(collect_young())
            self.assertEqual((gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()), (False, thresholds, 0))
        finally:
            gc.enable()
        collect()
        KEPT.append(Node())
        self.assertTrue(collect_young())
        self.assertTrue(any(one is KEPT[0] for one in gc.get_objects(generation=2)))

    @has_generations
    def test_what_the_program_has_frozen_stays_so(self):
        done = run_child("""
            import gc
            from heaptrail.pytest.checker import Checker
            from heaptrail.pytest.settings import Settings
            gc.freeze()
            number, kept = gc.get_freeze_count(), []
            for function, verdict in ((dict, "clean"), (lambda: kept.append([1]), "leak")):
                found = Checker("a test", Settings(repeats=15, seconds=60), {}, fails=False).check(function)
                assert found.verdict == verdict, found
            assert number - 100 < gc.get_freeze_count() <= number, (number, gc.get_freeze_count())
        """)
        self.assertEqual(done.code, 0, done)

    @has_generations
    def test_old_garbage_is_collected_from_time_to_time(self):
        collect()
        node = Node()
        collect_young()
        address = id(node)
        del node
        for _ in range(40):
            if is_full_due():
                break
            self.assertTrue(collect_young())
        self.assertTrue(is_full_due())
        self.assertIn(address, map(id, gc.get_objects()))
        repeats(dict)
        self.assertFalse(is_full_due())
        self.assertFalse(any(type(one) is Node for one in gc.get_objects()))

    def test_a_first_round_is_enough_for_what_leaves_nothing(self):
        repeats(dict)
        self.assertEqual([repeats(function) for function in (dict, Node, lambda: [Node()])], [8, 8, 8])

    def test_programs_code_is_not_called(self):
        del Trap.calls[:]
        KEPT.append((Trap(), trap_of_trap_type()))
        take_young_look(take_look())
        self.assertEqual(Trap.calls, [])


if __name__ == "__main__":
    unittest.main()
