"""`cycles()` and `garbage()`, against brute force on random graphs and against the collector itself."""

import gc
import json
import random
import sys
import unittest
import weakref

from lib_child import Trap, run_child, trap_of_trap_type
from which_pythons import IS_OLDEST_OR_NEWEST
from heaptrail import cycles, garbage
from heaptrail.graph.bounds import Bounds
from heaptrail.graph.knots import knots
from heaptrail.graph.shortest_cycle import shortest_cycle

kept = []


class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)


class Final:
    deleted = 0

    def __del__(self):
        Final.deleted += 1


class Columns:
    """Edges by hand, in the shape of `HeapColumns`."""

    def __init__(self, edges, scaffold=()):
        self.first_edge, self.target = [0], []
        for targets in edges:
            self.target += targets
            self.first_edge.append(len(self.target))
        self.is_scaffold = [int(at in scaffold) for at in range(len(edges))]

    def __len__(self):
        return len(self.first_edge) - 1


def bounds():
    return Bounds(60, 10 ** 9)


def reach(edges, scaffold):
    """reach[a]: what a leads to by one edge or more, by repeated addition."""
    found = [{to for to in targets if to >= 0 and to not in scaffold} if at not in scaffold else set() for at, targets in enumerate(edges)]
    while True:
        wider = [set(one).union(*[found[to] for to in one]) for one in found]
        if wider == found:
            return found
        found = wider


def random_edges(seed):
    chance = random.Random(seed)
    count = chance.randint(1, 8)
    edges = [[chance.randint(-1, count - 1) for _ in range(chance.randint(0, 3))] for _ in range(count)]
    return edges, {at for at in range(count) if chance.random() < 0.1}


class Knots(unittest.TestCase):
    def test_two_are_in_one_knot_exactly_when_each_leads_to_the_other(self):
        for seed in range(600):
            edges, scaffold = random_edges(seed)
            leads = reach(edges, scaffold)
            found = knots(Columns(edges, scaffold), bounds())
            expected = {frozenset([b for b in leads[a] if a in leads[b]]) for a in range(len(edges)) if a in leads[a]}
            self.assertEqual(sorted(map(sorted, found)), sorted(map(sorted, expected)), (seed, edges, scaffold))

    def test_the_shortest_cycle_is_shortest(self):
        for seed in range(600):
            edges, _ = random_edges(seed)
            for knot in knots(Columns(edges), bounds()):
                cycle, is_shortest = shortest_cycle(Columns(edges), knot, bounds())
                self.assertTrue(is_shortest)
                self.assertTrue(all([b in edges[a] for a, b in zip(cycle, cycle[1:] + cycle[:1])]), (seed, cycle))
                self.assertEqual(len(cycle), min([self.around(edges, start, set(knot)) for start in knot]), (seed, edges, cycle))

    def around(self, edges, start, inside):
        """Length of the shortest cycle through `start`, by levels."""
        level, length = {start}, 0
        while level and length <= len(edges):
            level = {to for at in level for to in edges[at] if to in inside}
            length += 1
            if start in level:
                return length
        return 10 ** 6

    def test_a_ring_of_a_hundred_thousand_needs_no_deep_stack(self):
        count = 100_000
        (ring,) = knots(Columns([[(at + 1) % count] for at in range(count)]), bounds())
        self.assertEqual(len(ring), count)

    def test_a_bound_ends_it_with_whole_knots(self):
        edges = [[at ^ 1] for at in range(100_000)]
        limit = Bounds(60, 5000)
        found = knots(Columns(edges), limit)
        self.assertRegex(limit.reason, "^the search was cut after")
        self.assertTrue(0 < len(found) < 50_000)
        self.assertEqual({len(knot) for knot in found}, {2})


class Cycles(unittest.TestCase):
    def setUp(self):
        gc.collect()
        gc.disable()

    def tearDown(self):
        del kept[:]
        gc.enable()
        gc.collect()

    def kinds(self):
        """Kinds of knots through objects of this module's classes, but the test itself."""
        return {
            kind.example_text: kind for kind in cycles().kinds
            if "test_lib_cycles." in kind.example_text and "test_lib_cycles.Cycles →" not in kind.example_text}

    def test_each_knot_once_with_its_state_and_its_shortest_cycle(self):
        for _ in range(3):
            Node(Node())
        kept.append(Node())
        Node(kept[0])
        example = "test_lib_cycles.Node → .children (list, 1 entry) → [0] (test_lib_cycles.Node) → .parent (test_lib_cycles.Node)"
        found = [kind for kind in cycles().kinds if kind.example_text == example]
        self.assertEqual([(kind.state, kind.knots) for kind in found], [("garbage", 3), ("reachable", 1)])
        self.assertEqual(dict(found[0].types)["test_lib_cycles.Node"], 6)
        self.assertTrue(all([kind.is_shortest for kind in found]))

    def test_no_cycles_in_a_clean_twin(self):
        kept.append([Node() for _ in range(10)])
        self.assertEqual(self.kinds(), {})

    def test_knots_of_heaptrails_own_objects_are_none(self):
        import heaptrail

        with heaptrail.MemoryTracker() as tracker, tracker.watch_growth(60, lambda _: None):
            heaptrail.watch(Node())
            heaptrail.start_monitoring(60)
            found = [kind.example_text for kind in cycles().kinds if "heaptrail." in kind.example_text]
            heaptrail.reset()
            owner = Node()
            owner.children.append(tracker)
            tracker.owner = owner
            with_both = [kind.knots for kind in cycles().kinds if {"test_lib_cycles.Node", "heaptrail.tracking.tracker.MemoryTracker"} <= set(dict(kind.types))]
            del tracker.owner
        self.assertEqual(found, [])
        self.assertEqual(with_both, [1])

    def test_what_makes_instances_of_a_tracked_class_is_no_knot_of_the_program(self):
        import heaptrail

        @heaptrail.track
        class Tracked:
            pass

        kept.append(Tracked())
        found = [kind.example_text for kind in cycles().kinds if "heaptrail." in kind.example_text]
        heaptrail.reset()
        self.assertEqual(found, [])

    def test_finalizers_and_functions_that_call_themselves(self):
        def make():
            def recursive():
                return recursive

            final = Final()
            final.me = final

        make()
        found = self.kinds()
        one = found["test_lib_cycles.Final → .me (test_lib_cycles.Final)"]
        self.assertEqual((one.finalizers, one.state, one.knots), ((("test_lib_cycles.Final", 1),), "garbage", 1))
        self.assertTrue(any(["function → closure recursive (function)" == kind.example_text for kind in cycles().kinds]))

    def test_what_lies_in_gc_garbage_is_uncollectable(self):
        final = Final()
        final.me = final
        gc.garbage.append(final)
        del final
        try:
            (kind,) = self.kinds().values()
            self.assertEqual(kind.state, "uncollectable")
        finally:
            gc.garbage.pop().me = None

    def test_sizes_are_those_of_getsizeof_and_no_python_code_is_asked(self):
        class Sized:
            def __sizeof__(self):
                raise AssertionError("called")

        one = Sized()
        one.me = one
        kept.append(one)
        found = self.kinds()["%s → .me (%s)" % (("test_lib_cycles.Cycles.test_sizes_are_those_of_getsizeof_and_no_python_code_is_asked.<locals>.Sized",) * 2)]
        # Before 3.11 the table of attributes is a member of the knot.
        table = 0 if sys.version_info >= (3, 11) else sys.getsizeof(vars(one))
        self.assertEqual(found.size_bytes, object.__sizeof__(one) + 16 + table)

    def test_text_and_data(self):
        Node(Node())
        found = cycles()
        self.assertRegex(str(found), r"^\d+ knots of \d+ kinds among \d+ objects\n")
        self.assertRegex(str(found), r"\ngarbage       1 knot: \d+ objects, \d+(\.\d)? K?i?B\n  cycle       test_lib_cycles.Node → \.")
        self.assertEqual(json.loads(json.dumps(found.as_dict()))["cut"], "")


class Garbage(unittest.TestCase):
    def setUp(self):
        gc.collect()
        gc.disable()

    def tearDown(self):
        gc.enable()
        gc.collect()

    def test_the_very_number_that_the_collector_finds(self):
        garbage()
        gc.collect()
        self.assertEqual(garbage().objects, 0)
        for _ in range(5):
            node = Node(Node(Node()))
            node.held = {"a": ([], {})}
            final = Final()
            final.node = node
            node.final = final
            node.function = lambda: final

            class Local(Node):
                pass
            node.kind = Local
            del Local, node, final
        found = garbage()
        self.assertEqual(dict(found.finalizers), {"test_lib_cycles.Final": 5})
        self.assertEqual(found.objects, gc.collect())
        self.assertEqual(garbage().objects, 0)

    def test_random_heaps_agree_with_the_collector(self):
        for seed in range(20 if IS_OLDEST_OR_NEWEST else 5):
            chance = random.Random(seed)
            nodes = [Node() for _ in range(30)]
            for _ in range(45):
                chance.choice(nodes).children.append(chance.choice(nodes))
            kept.extend(chance.sample(nodes, 3))
            del nodes
            found = garbage().objects
            self.assertEqual(found, gc.collect(), seed)
            del kept[:]
            gc.collect()

    def test_nothing_happens_to_the_garbage(self):
        Final.deleted = 0
        final = Final()
        final.me = final
        called = []
        seen = weakref.ref(final, called.append)
        del final
        self.assertEqual(garbage().objects, 1 if sys.version_info >= (3, 11) else 2)
        self.assertIsNotNone(seen())
        self.assertEqual((Final.deleted, called, gc.garbage, gc.get_debug()), (0, [], [], 0))
        gc.collect()
        self.assertEqual((Final.deleted, called), (1, [seen]))

    def test_why_not_by_a_collection_that_saves_all(self):
        """What `gc.DEBUG_SAVEALL` does to the same garbage: the reason why it is not used."""
        Final.deleted = 0
        final = Final()
        final.me = final
        called = []
        seen = weakref.ref(final, called.append)
        del final
        gc.set_debug(gc.DEBUG_SAVEALL)
        try:
            gc.collect()
        finally:
            gc.set_debug(0)
            del gc.garbage[:]
        self.assertEqual((Final.deleted, called, seen()), (1, [seen], None))

    def test_objects_that_reference_counts_free_are_none(self):
        for _ in range(100):
            Node()
        found = garbage()
        self.assertEqual((found.objects, found.types, found.kinds), (0, (), ()))

    def test_text_says_when_the_collector_is_off(self):
        Node(Node())
        found = garbage()
        self.assertRegex(str(found), r"(?s)^\d+ unreachable objects, .* in or behind 1 knots\n.*note        the collector is off")
        self.assertEqual(json.loads(json.dumps(found.as_dict()))["objects"], found.objects)
        gc.enable()
        self.assertEqual(garbage().note, "")


class LeavesNothing(unittest.TestCase):
    def test_reference_counts_are_the_same_and_no_cycle_is_left(self):
        node = Node(Node())
        gc.collect()
        before = [sys.getrefcount(thing) for thing in (node, node.parent, Node, cycles)]
        cycles()
        garbage()
        self.assertEqual([sys.getrefcount(thing) for thing in (node, node.parent, Node, cycles)], before)
        node.parent.children.clear()
        self.assertEqual(gc.collect(), 0)

    def test_traps(self):
        Trap.calls.clear()
        trap, strange = object.__new__(Trap), trap_of_trap_type()
        object.__setattr__(trap, "me", [trap, strange])
        kept.append(trap)
        str(cycles())
        str(garbage())
        object.__setattr__(trap, "me", None)
        self.assertEqual(Trap.calls, [])

    def test_asyncio_lives_on(self):
        done = run_child("""
            import asyncio, gc
            import heaptrail
            async def main():
                future = asyncio.get_running_loop().create_future()
                waiting = asyncio.ensure_future(future)
                heaptrail.cycles(), heaptrail.garbage(), heaptrail.holders(future), str(heaptrail.refs(future)), heaptrail.referrers(future)
                future.set_result(1)
                return await waiting
            for _ in range(3):
                print(asyncio.run(main()))
            gc.collect()
            """)
        self.assertEqual((done.code, done.out), (0, "1\n1\n1\n"), done)

    def test_other_threads_run_on(self):
        done = run_child("""
            import threading, heaptrail
            stop = threading.Event()
            failed = []
            def work():
                things = {}
                try:
                    for n in range(10**9):
                        things[n % 1000] = [n, {"a": things}]
                        things.pop((n * 7) % 1000, None)
                        if stop.is_set():
                            return
                except BaseException as error:
                    failed.append(error)
            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads: thread.start()
            held = {"a": [object()]}
            for _ in range(3):
                heaptrail.cycles(); heaptrail.garbage(); heaptrail.holders(held["a"])
            stop.set()
            for thread in threads: thread.join()
            print(failed)
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "[]\n", ""))


if __name__ == "__main__":
    unittest.main()
