"""Watching objects that have no weak references: noted by address, and told from what lies there later."""

import gc
import unittest
import weakref

import lib_child  # noqa: F401  puts the package on the path
import heaptrail
from heaptrail import check_leaks, expect_gone, unwatch, watch, watched

registry = {}


class Session:
    pass


class Slotted:
    __slots__ = ("left",)


class Filled:
    __slots__ = ("rows", "texts")

    def __init__(self):
        self.rows, self.texts = [1], {}


class ByAddress(unittest.TestCase):
    def setUp(self):
        heaptrail.reset()
        registry.clear()

    def tearDown(self):
        heaptrail.reset()
        registry.clear()

    def leaks_and_others(self):
        found = check_leaks()
        return [leak.type for leak in found.leaks], [one.type for one in found.uncertain]

    def test_one_that_is_still_there_is_known_by_what_is_in_it(self):
        registry["list"] = watch([Session()])
        registry["dict"] = watch({"a": [1]})
        registry["slotted"] = Slotted()
        registry["slotted"].left = [1]
        watch(registry["slotted"])
        registry["tuple"] = watch(([1], 2))
        self.assertEqual(self.leaks_and_others(), (["list", "dict", "test_lib_watch_by_address.Slotted", "tuple"], []))

    def test_one_that_is_gone_is_no_leak(self):
        slotted = watch(Slotted())
        del slotted
        self.assertEqual(self.leaks_and_others(), ([], []))

    def test_one_without_contents_cannot_be_told_from_another(self):
        registry["a"] = watch(Slotted())
        found = check_leaks()
        self.assertEqual((found.leak_count, [one.status for one in found.uncertain]), (0, ["cannot tell"]))
        self.assertIn("whether it is the same object that was watched cannot be told", str(found))

    def test_another_one_at_the_same_address_is_no_leak(self):
        for _ in range(1000):
            other = [2]
            first = watch([[1]])
            address = id(first)
            del first
            second = [other, "other"]
            if id(second) == address:
                break
        else:
            self.skipTest("no address was used again")
        self.assertNotIn("list", [leak.type for leak in check_leaks().leaks])
        watch(second)
        (one,) = [one for one in watched() if one.address == address]
        self.assertEqual(one.status, "alive")

    def test_the_next_one_in_its_place_is_no_leak_however_alike_they_are(self):
        """CPython gives the memory of what is gone to the next of its kind, and that of its contents, too."""
        session = Session()
        for make in (
            lambda: [session], lambda: [[1], [2]], lambda: (session, [1]), lambda: {"a": [1, 2]}, Filled,
        ):
            address = id(watch(make()))
            check_leaks()  # what it makes itself may take the place
            for _ in range(100):
                registry["next"] = make()
                address = id(watch(make()))
                registry["next"] = [make() for _ in range(3)]
                if address in map(id, registry["next"]):
                    break
            self.assertEqual(self.leaks_and_others()[0], [], make)
            heaptrail.reset()
            registry.clear()

    def test_a_dict_with_other_keys_is_another_one_also_after_collections(self):
        for number in range(100):
            address = id(watch({"a": [1, 2]}))
            registry[number] = {"b": [3]}
            if id(registry[number]) == address:
                break
        else:
            self.skipTest("no address was used again")
        gc.collect()
        self.assertEqual(check_leaks().leak_count, 0)

    def test_a_line_that_watches_one_after_the_other_counts_each(self):
        for _ in range(100):
            watch(Filled())
        (row,) = heaptrail.stats()
        self.assertEqual((row.allocated, row.alive), (100, 0))
        kept = watch(Filled())
        expect_gone(kept, within=60)
        self.assertEqual(sum([row.allocated for row in heaptrail.stats()]), 101)
        self.assertEqual(len(watched()), 1)

    def test_those_that_have_gone_count_as_gone_and_make_room(self):
        from heaptrail.watching import registry as room
        before = room.MOST_WATCHED
        room.MOST_WATCHED = 20
        try:
            made = [watch(Filled()) for _ in range(30)]
            self.assertEqual(sum([row.alive for row in heaptrail.stats()]), 20)
            registry["a"] = watch(Session())
            self.assertEqual([leak.type for leak in check_leaks().leaks].count("test_lib_watch_by_address.Session"), 1)
            self.assertIn("10 objects were not noted: so many are watched already", check_leaks().note)
            del made
            self.assertEqual([row.alive for row in heaptrail.stats()], [1, 0])
            registry["b"] = [watch(Filled()) for _ in range(10)]
            self.assertEqual((check_leaks().leak_count, check_leaks().watched), (11, 11))
        finally:
            room.MOST_WATCHED = before

    def test_garbage_is_none_where_one_that_is_watched_refers_to_another(self):
        gc.collect()
        gc.disable()
        try:
            for count in (2, 20):
                for _ in range(count):
                    first, second = {"k": [1]}, {"l": [2]}
                    first["other"], second["other"] = second, first
                    watch(first, "first"), watch(second, "second")
                del first, second
                found = check_leaks()
                self.assertEqual((found.leak_count, found.garbage), (0, 2 * count), str(found))
                heaptrail.reset()
        finally:
            gc.enable()

    def test_what_the_collector_does_not_list_is_found_behind_what_it_lists(self):
        registry["bytes"] = watch(b"x" * 1000)
        registry["text"] = watch("y" * 1000)
        registry["inner"] = [(watch(bytearray(1000)), 1)]
        del registry["text"]
        self.assertEqual(sorted(self.leaks_and_others()[1]), ["bytearray", "bytes"])

    def test_unwatch_and_expect_gone(self):
        registry["a"] = [[1]]
        expect_gone(registry["a"], within=60)
        self.assertEqual([one.type for one in watched()], ["list"])
        self.assertTrue(unwatch(registry["a"]))
        self.assertEqual(watched(), [])

    def test_they_die_as_before(self):
        seen = weakref.ref(Session())
        held = watch([Session()])
        seen = weakref.ref(held[0])
        check_leaks()
        watched()
        del held
        self.assertIsNone(seen())


if __name__ == "__main__":
    unittest.main()
