"""Edges of objects, one type at a time: whole columns at the speed of C, no work in Python for a single object."""

import gc

from array import array
from itertools import chain
from types import FrameType, ModuleType

from .blocks import ATOMS, EDGES, PAIRS, column32, u32
from .edge_names import local_table
from .frontier import Frontier
from .gathered_blocks import GatheredBlocks
from .labels import SHARES_INLINE_VALUES, Labels
from .sizes import sizes_of
from .texts import Texts
from .type_facts import DICT_SUBCLASS, TypeFacts, plain_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Sequence, Tuple

UNLABELLED, BY_INDEX, MEMBER = 0, 1, 2
_flatten = chain.from_iterable

# Exact types whose iteration is C's own, with the labelling of what it gives.
_SEQUENCES = {id(list): BY_INDEX, id(tuple): BY_INDEX, id(set): MEMBER, id(frozenset): MEMBER}


class Edges:
    """Writes the objects of one type with their edges, and meets their targets."""

    def __init__(self, out: GatheredBlocks, frontier: Frontier, texts: Texts, labels: Labels, frozen: bool) -> None:
        self._out = out
        self._frontier = frontier
        self._texts = texts
        self._labels = labels
        # Nothing else runs: a container can be looked at twice.
        self._frozen = frozen
        self.objects = 0
        self.edges = 0

    def write(self, facts: TypeFacts, objects: "List[object]", refs: "List[int]") -> None:
        self.objects += len(objects)
        columns = [array("Q", map(id, objects)), column32(sizes_of(facts, objects)), column32(refs)]
        if facts.kind is dict:
            self._pairs(facts, columns, objects)
        elif id(facts.kind) in _SEQUENCES:
            self._lists(facts, columns, objects if self._frozen else list(map(tuple, objects)), _SEQUENCES[id(facts.kind)])  # type: ignore[arg-type]
        elif not facts.has_gc and not self._labels.has_hidden_edges(facts):
            self._atoms(facts, columns)
        elif facts.flags & DICT_SUBCLASS:
            self._labels.dict_subclass(facts, objects, self._pairs_of_subclass(facts, columns, objects))
        else:
            self._general(facts, columns, objects)

    def write_opaque(self, facts: TypeFacts, objects: "List[object]") -> None:
        """Objects of the walker: they are there, and nothing is said of what they hold."""
        self.objects += len(objects)
        columns = [array("Q", map(id, objects)), column32([facts.basic_bytes] * len(objects)), column32([0xFFFFFFFF] * len(objects))]
        self._atoms(facts, columns)

    def _atoms(self, facts: TypeFacts, columns: "List[array[int]]") -> None:
        self._out.rows(ATOMS, u32(facts.index), len(columns[0]), b"", columns)

    def _pairs(self, facts: TypeFacts, columns: "List[array[int]]", objects: "List[object]") -> None:
        if SHARES_INLINE_VALUES:
            shared = [dict.__len__(thing) > 0 and not gc.get_referents(thing) for thing in objects]  # type: ignore[arg-type]
            if True in shared:
                for flag in (0, 1):
                    chosen = [index for index, one in enumerate(shared) if one == flag]
                    if chosen:
                        self._pairs_alike(facts, flag, [array("Q" if n == 0 else "I", [column[i] for i in chosen]) for n, column in enumerate(columns)], [objects[i] for i in chosen])
                return
        self._pairs_alike(facts, 0, columns, objects)

    def _pairs_alike(self, facts: TypeFacts, flags: int, columns: "List[array[int]]", objects: "List[object]") -> None:
        keys, values, counts = _entries(objects) if self._frozen else _entries_at_once(objects)
        self.edges += 2 * len(keys)
        self._frontier.meet(keys)
        self._frontier.meet(values)
        self._texts.note(keys)
        self._labels.note_values(values)
        entries = [array("I", counts), array("Q", map(id, keys)), array("Q", map(id, values))]
        self._out.rows(PAIRS, u32(facts.index), len(objects), u32(flags), [*columns, *entries])

    def _pairs_of_subclass(self, facts: TypeFacts, columns: "List[array[int]]", objects: "List[object]") -> "List[List[object]]":
        """Entries as PAIRS; returns what else each object refers to. The base type's references come last in its list."""
        further = []
        for thing in objects:
            referents = gc.get_referents(thing)
            values = list(map(id, dict.values(thing)))  # type: ignore[arg-type]
            keys_too = len(referents) - 2 * len(values)
            own = len(referents) - len(values)
            if own >= 0 and list(map(id, referents[own:])) == values:
                further.append(referents[:own])
            else:
                further.append(referents[: max(keys_too, 0)])
        self._pairs(facts, columns, objects)
        return further

    def _lists(self, facts: TypeFacts, columns: "List[array[int]]", listed: "Sequence[Sequence[object]]", labelling: int) -> None:
        targets = list(_flatten(listed))
        counts = array("I", map(len, listed))
        self.edges += len(targets)
        self._frontier.meet(targets)
        self._out.rows(EDGES, u32(facts.index), len(listed), u32(labelling), [*columns, counts, array("Q", map(id, targets))])

    def _general(self, facts: TypeFacts, columns: "List[array[int]]", objects: "List[object]") -> None:
        referents = self._labels.hidden_edges(facts, objects)
        if referents is None:
            sequence = self._labels.items_of_sequence(facts, objects)
            if sequence is not None:
                items, further, labelling = sequence
                self._lists(facts, columns, items, labelling)
                self._labels.further(facts, objects, further)
                return
            referents = list(map(self._traversal(facts), objects))
        self._lists(facts, columns, referents, UNLABELLED)
        self._labels.name(facts, objects, referents)


    def _traversal(self, facts: TypeFacts) -> "Callable[[object], List[object]]":
        if issubclass(facts.kind, ModuleType):
            return _referents_of_module
        return self._referents_of_frame if facts.kind is FrameType and self._frozen else gc.get_referents

    def _referents_of_frame(self, frame: object) -> "List[object]":
        """Without the copy of the variables that our own look at them has made, before 3.13."""
        made = local_table(frame)
        return [target for target in gc.get_referents(frame) if target is not made or self._frontier.knows(id(made))]


def _entries(dicts: "List[object]") -> "Tuple[List[object], List[object], List[int]]":
    """Keys, values and number of entries of dicts that nothing changes meanwhile."""
    return list(_flatten(map(dict.keys, dicts))), list(_flatten(map(dict.values, dicts))), list(map(dict.__len__, dicts))  # type: ignore[arg-type]


def _entries_at_once(dicts: "List[object]") -> "Tuple[List[object], List[object], List[int]]":
    """The same in a running program: keys and values of one dict are taken in one step."""
    items: "List[List[Tuple[object, object]]]" = [list(dict.items(one)) for one in dicts]  # type: ignore[arg-type]
    return [key for pairs in items for key, _ in pairs], [value for pairs in items for _, value in pairs], list(map(len, items))


_module_dict: "Any" = vars(ModuleType)["__dict__"].__get__


def _referents_of_module(module: object) -> "List[object]":
    """Asking `_asyncio` for its referents crashes some versions of CPython: its namespace tells enough."""
    namespace = _module_dict(module)
    if type(namespace) is dict and "_all_tasks" in plain_names(namespace):
        return [namespace]
    return gc.get_referents(module)
