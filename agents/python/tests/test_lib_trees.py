"""`refs(obj)` and `referrers(obj)`: trees of references, for a terminal and a notebook."""

import gc
import html.parser
import json
import sys
import unittest
import weakref

from lib_child import Trap, trap_of_trap_type
from heaptrail import referrers, refs

registry = {}


class Node:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)


class Slotted:
    __slots__ = ("left", "right")


class Closing(html.parser.HTMLParser):
    """Fails on tags that do not close in order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            raise AssertionError(tag)


class Refs(unittest.TestCase):
    maxDiff = None

    def test_attributes_items_and_cycles(self):
        root = Node("root")
        Node("leaf", root)
        self.assertEqual(str(refs(root)), "\n".join([
            'test_lib_trees.Node',
            '├─ .name: str, "root"',
            '├─ .parent: None',
            '└─ .children: list, 1 entry',
            '   └─ [0]: test_lib_trees.Node',
            '      ├─ .name: str, "leaf"',
            '      ├─ .parent: test_lib_trees.Node  (the first)',
            '      └─ .children: list, 0 entries']))

    def test_keys_closures_slots_and_methods(self):
        held = [1]

        def closure():
            return held

        slotted = Slotted()
        slotted.right = held
        self.assertEqual(str(refs({"f": closure, 3: slotted, "m": held.append}, depth=2)), "\n".join([
            'dict, 3 entries',
            '├─ ["f"]: function',
            '│  └─ closure held: list, 1 entry',
            '├─ [3]: test_lib_trees.Slotted',
            '│  └─ .right: list, 1 entry  (above)',
            '└─ ["m"]: builtin_function_or_method',
            '   └─ .__self__: list, 1 entry  (above)']))

    def test_no_more_than_asked_for(self):
        self.assertEqual(str(refs([list(range(5)), list(range(100, 103)), 3], depth=2, most=2)), "\n".join([
            'list, 3 entries',
            '├─ [0]: list, 5 entries',
            '│  ├─ [0]: int, 0',
            '│  ├─ [1]: int, 1',
            '│  └─ … 3 more',
            '├─ [1]: list, 3 entries',
            '│  ├─ [0]: int, 100',
            '│  ├─ [1]: int, 101',
            '│  └─ … 1 more',
            '└─ … 1 more']))
        wide = refs([[[[] for _ in range(100)] for _ in range(100)]], depth=5, most=1000)
        self.assertRegex(str(wide), r"\n… not whole: the search was cut after \d+ objects$")

    def test_texts_that_look_like_data_are_shown_on_demand(self):
        token = {"Bearer 9a": "secret value"}
        self.assertRegex(str(refs(token)), r"^dict, 1 entry\n└─ \[str#[0-9a-f]{8}\]: str, 12 characters$")
        self.assertEqual(str(refs(token, texts=True)), 'dict, 1 entry\n└─ ["Bearer 9a"]: str, "secret value"')

    def test_classes_and_modules_are_not_opened(self):
        self.assertEqual(str(refs([Node, sys])), "list, 2 entries\n├─ [0]: class test_lib_trees.Node\n└─ [1]: module")

    def test_a_notebook_gets_html_that_closes(self):
        tree = refs({"<b>": [Node("x")]}, texts=True)
        text = tree._repr_html_()
        Closing().feed(text)
        self.assertIn("[&quot;&lt;b&gt;&quot;]", text)
        self.assertEqual(repr(tree), str(tree))
        self.assertEqual(json.loads(json.dumps(tree.as_dict()))["root"]["branches"][0]["type"], "list")

    def test_deep_chains_need_no_deep_stack(self):
        chain = []
        for _ in range(5000):
            chain = [chain]
        tree = refs(chain, depth=1500)
        self.assertEqual(len(str(tree).splitlines()), 1501)
        Closing().feed(tree._repr_html_())


class Referrers(unittest.TestCase):
    maxDiff = None

    def tearDown(self):
        registry.clear()

    def test_towards_the_module(self):
        registry["node"] = [Node("held")]
        self.assertEqual(str(referrers(registry["node"][0], depth=4)), "\n".join([
            'test_lib_trees.Node',
            '└─ [0] of list, 1 entry',
            '   └─ ["node"] of dict, 1 entry',
            '      └─ .registry of module test_lib_trees']))

    def test_attributes_and_closures(self):
        def make():
            node = Node("held", Node("parent"))

            def use():
                return node
            registry["f"] = use
            return weakref.ref(node)

        seen = make()
        lines = str(referrers(seen(), depth=3)).splitlines()
        self.assertEqual(sorted(line.lstrip("│├└─ ") for line in lines), sorted([
            'test_lib_trees.Node',
            'closure node of function',
            '["f"] of dict, 1 entry',
            '.registry of module test_lib_trees',
            '[0] of list, 1 entry',
            '.children of test_lib_trees.Node',
            '.parent of test_lib_trees.Node  (the first)']))

    def test_variables_of_callers_but_not_of_the_one_who_asks(self):
        def outer():
            mine = Node("mine")
            return inner(mine)

        def inner(argument):
            return str(referrers(argument))

        self.assertRegex(outer(), r"^test_lib_trees.Node\n└─ local mine of \S*outer \(\S+:\d+\)$")

    def test_a_class_without_what_every_class_has(self):
        lines = str(referrers(Slotted, depth=1)).splitlines()
        self.assertEqual(lines, ["class test_lib_trees.Slotted", "└─ .Slotted of module test_lib_trees"])


class LeavesNothing(unittest.TestCase):
    def tearDown(self):
        registry.clear()
        Trap.calls.clear()

    def test_reference_counts_are_the_same_and_no_cycle_is_left(self):
        node = Node("a")
        child = Node("b", node)
        registry["a"] = node
        gc.collect()
        things = (node, child, node.children, registry, Node)
        before = [sys.getrefcount(thing) for thing in things]
        for _ in range(3):
            refs(node)
            referrers(child)
        self.assertEqual([sys.getrefcount(thing) for thing in things], before)
        self.assertEqual(gc.collect(), 0)

    def test_traps(self):
        Trap.calls.clear()
        trap = object.__new__(Trap)
        object.__setattr__(trap, "held", registry)
        strange = trap_of_trap_type()
        holder = {1: trap, "a": [strange, trap], (1, 2): {"x": strange}}
        registry["a"] = holder
        for thing in (holder, trap, strange, registry):
            str(refs(thing, depth=6))
            str(referrers(thing))
            refs(thing)._repr_html_()
        self.assertEqual(Trap.calls, [])


if __name__ == "__main__":
    unittest.main()
