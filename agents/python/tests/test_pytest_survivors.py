"""What is taken for new when a leaking test is explained: all that the repetitions left, and nothing of heaptrail's own."""

import atexit
import gc
import sys
import unittest

from heaptrail.graph import turn as turn_module
from heaptrail.graph.turn import Turn
from heaptrail.pytest.checker import Checker
from heaptrail.pytest.evidence import gather
from heaptrail.pytest.settings import Settings
from heaptrail.pytest.survivors import Before, Survivors

KEPT = []
TABLE = {}


class Session:
    def __init__(self):
        self.rows = [1]


def ignored(*_arguments):
    pass


def not_excused(*_place):
    return ""


class NotNew(unittest.TestCase):
    """A leak of lists once had a second row, "list 1.7 per call, held by native code … (list, 29 entries)"."""

    def setUp(self):
        del KEPT[:]
        TABLE.clear()

    def test_the_list_of_what_a_turn_owns_is_its_own(self):
        with Turn() as turn:
            self.assertTrue(turn.mine(turn._owned))
            address = id(turn._owned)
        self.assertNotIn(address, turn_module._own_ids)

    def test_the_arguments_of_the_search_are_no_holder_and_its_lists_no_survivors(self):
        before = Before()
        KEPT.extend([[number] for number in range(6)])
        with Turn() as turn:
            survivors = Survivors(turn, before)
            try:
                self.assertNotIn("tuple", {type(holder).__name__ for holder in survivors.holders})
                self.assertEqual([one is turn._owned for one in survivors.objects], [False] * 6)
            finally:
                survivors.drop()

    @unittest.skipIf(sys.version_info >= (3, 14), "no generations that tell new from old")
    def test_what_is_kept_at_the_address_of_a_dead_object_is_new(self):
        dead = [[] for _ in range(300)]
        addresses = {id(one) for one in dead}
        before = Before()
        del dead[:]
        KEPT.extend([[[]] for _ in range(300)])
        reused = sum([id(one) in addresses for one in KEPT])
        with Turn() as turn:
            survivors = Survivors(turn, before)
            try:
                self.assertGreater(reused, 0)
                heads = set(map(id, survivors.heads))
                self.assertEqual(sum([id(kept) in heads for kept in KEPT]), 300)
                self.assertEqual(sum([id(kept[0]) in heads for kept in KEPT]), 0)
                self.assertEqual([growth for thing, growth in zip(survivors.grown, survivors.growth) if thing is KEPT], [300])
            finally:
                survivors.drop()

    def test_a_leak_of_lists_has_one_row_also_when_addresses_are_used_again(self):
        rates = {"list": 2.0, "entries of list": 2.0}
        for number in range(1, 20):
            del KEPT[:]
            dead = [[] for _ in range(number)]
            before = Before()
            del dead[:]
            for _ in range(6):
                KEPT.append([[]])
            places = gather(before, 6, rates, not_excused).places
            self.assertEqual([(place.type, place.per_call) for place in places], [("list", 1.0)], "%d dead" % number)
            self.assertIn(".KEPT (list, 6 entries)", places[0].held_by)

    def test_a_dict_that_a_collection_has_stopped_listing_is_seen_to_grow(self):
        TABLE.update((number, (number, 1)) for number in range(50))
        gc.collect()
        before = Before()
        for number in range(6):
            TABLE[50 + number] = (number, [])
        (place,) = gather(before, 6, {"tuple": 1.0, "list": 1.0}, not_excused).places
        self.assertEqual((place.type, place.per_call), ("tuple", 1.0))
        self.assertIn(".TABLE (dict, 56 entries)", place.held_by)

    def test_what_only_native_code_holds_is_found_and_counted_exactly(self):
        rates = {"tuple": 1.0, "list": 1.0}
        before = Before()
        for number in range(6):
            atexit.register(ignored, [number])
        places = gather(before, 6, rates, not_excused).places
        atexit.unregister(ignored)
        self.assertEqual([(place.type, place.per_call) for place in places], [("tuple", 1.0)])
        self.assertTrue(all(["native code" in place.held_by or "module atexit" in place.held_by for place in places]), places)

    def test_nothing_new_has_no_row(self):
        rates = {"list": 1.0, "tuple": 1.0, "dict": 1.0, "set": 1.0}
        for _ in range(20):
            before = Before()
            rows = [[[]] for _ in range(6)]
            del rows
            self.assertEqual(gather(before, 6, rates, not_excused).places, ())

    def test_a_judgement_of_leaking_lists_names_their_holder_alone(self):
        def leaks():
            KEPT.append([Session(), [[]]])

        for _ in range(3):
            found = Checker("a test", Settings(repeats=15, seconds=60), {}, fails=False).check(leaks)
            self.assertEqual([place.per_call for place in found.leaks], [1.0], str(found))
            self.assertIn(".KEPT (list", found.leaks[0].held_by)


if __name__ == "__main__":
    unittest.main()
