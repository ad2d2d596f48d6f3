"""The shortest path from a root to an object, found from the object backwards.

Breadth first over `gc.get_referrers`, one look at the whole heap for each 64 objects of a level. That suits what is
held by few; where a level becomes wide (something that thousands refer to), the search goes on from the roots forwards,
once over the heap, until it meets what was found so far. Memory: an id and a reference for each object seen.
"""

from __future__ import annotations

import gc
from types import CellType, FrameType
from typing import Dict, List, Optional, Tuple

from .attributes import Attributes
from .bounds import Bounds
from .forward_search import forward_chain
from .path import CALLER, CUT, FOUND, GARBAGE, UNSEEN, UNSEEN_ROOT, Holding, Step
from .referents import is_frozen, referents
from .roots import Roots
from .turn import Turn
from .unexplained import first_unexplained
from .written_path import written_steps

_AT_ONCE = 64
_WIDEST_LEVEL = 192
_IN_A_CYCLE = "it is in a cycle, or held by one: without the caller the cyclic collector would free it"


class PathSearch:
    """Searches in one turn, with the roots of its begin. `bounds` are for all its searches together."""

    def __init__(self, turn: Turn, bounds: Bounds, caller: Optional[FrameType] = None) -> None:
        self._turn, self._bounds = turn, bounds
        self._names = Attributes()
        self._roots = Roots(turn, self._names, caller)
        self._nodes = 0

    def holding(self, box: List[object], given: bool) -> Holding:
        """Why the first object in `box` is alive. The box is emptied, so that it holds nothing.

        `given`: the caller has it from the program, which so refers to it in a way that cannot be counted. A second
        object in the box is one that refers to the first, and the search begins there.
        """
        reached = _Reached(self._turn, box)
        try:
            status, root, chain, note = self._search(reached) or self._without_root(reached, given)
            self._nodes += len(reached.kept)
            steps: Tuple[Step, ...] = ()
            if chain:
                steps = written_steps(chain, self._names, id(chain[0]) in self._roots.module_by_table)
            return Holding(status, root, steps, note, len(reached.kept), self._bounds.elapsed)
        finally:
            del box[:]

    def _search(self, reached: _Reached) -> Optional[_Outcome]:
        """Level by level; None when nothing more refers to what was reached."""
        while True:
            root = self._root_in(reached)
            if root is not None:
                return root
            if self._bounds.ended(self._nodes + len(reached.kept)):
                return CUT, "", [], self._bounds.reason
            width = reached.end_of_level - reached.begin_of_level
            if width == 0:
                return None
            if width > _WIDEST_LEVEL:
                return self._forward(reached)
            self._expand(reached)

    def _root_in(self, reached: _Reached) -> Optional[_Outcome]:
        for at in range(reached.begin_of_level, reached.end_of_level):
            text = self._roots.of(reached.kept[at])
            if text is not None:
                return FOUND, text, reached.chain(at), ""
        return None

    def _expand(self, reached: _Reached) -> None:
        """Adds who refers to the objects of this level. No list of the program's objects but `kept` outlives a step."""
        begin, end = reached.begin_of_level, reached.end_of_level
        for first in range(begin, end, _AT_ONCE):
            targets = tuple(reached.kept[first : min(end, first + _AT_ONCE)])
            self._turn.own(targets)
            reached.add_all(gc.get_referrers(*targets), targets, first)
            self._turn.disown(targets)
            if self._bounds.ended(self._nodes + len(reached.kept)):
                break
        reached.next_level(end)

    def _forward(self, reached: _Reached) -> _Outcome:
        met = self._from_roots(reached)
        if met is not None:
            return met
        if self._bounds.reason:
            return CUT, "", [], self._bounds.reason
        return CUT, "", [], "many refer to it, and none of them is reached from a module or a variable that could be read"

    def _from_roots(self, reached: _Reached) -> Optional[_Outcome]:
        nodes = self._nodes + len(reached.kept)
        met = forward_chain(self._turn, self._roots, reached.index_by_id, reached.least, self._bounds, nodes)
        if met is None:
            return None
        root, chain, at = met
        return FOUND, root, chain + reached.chain(at)[1:], ""

    def _without_root(self, reached: _Reached, given: bool) -> _Outcome:
        """Nothing more refers to what was reached: garbage, or held by what cannot be seen."""
        callers = self._roots.variable_of_caller
        cells = [id(thing) for thing in reached.kept if self._is_cell_of_variable(thing)]
        explained = {*callers, *cells, id(reached.kept[0])} if given else {*callers, *cells}
        met = self._from_roots(reached) if is_frozen() else None
        if met is not None:
            return met
        at = first_unexplained(reached.kept, self._turn.references(reached.kept), explained)
        if at is None and given:
            asks = next((callers[id(thing)] for thing in reached.kept if id(thing) in callers), "the calling function")
            is_alone = len(reached.kept) - len(cells) == 1 and not _refers_to_itself(reached.kept[0])
            return CALLER, asks, [], "nothing else that the collector sees holds it" if is_alone else _IN_A_CYCLE
        if at is None:
            return GARBAGE, "", [], ""
        return UNSEEN, UNSEEN_ROOT, reached.chain(at), self._why_unseen()

    def _is_cell_of_variable(self, thing: object) -> bool:
        return type(thing) is CellType and any([id(value) in self._roots.in_cells for value in referents(thing)])

    def _why_unseen(self) -> str:
        notes = []
        if self._roots.unread:
            notes.append("variables of %d running functions were not read" % self._roots.unread)
        if is_frozen():
            notes.append("%d objects are frozen (gc.freeze): the collector does not show what they hold" % gc.get_freeze_count())
        return "; ".join(notes)


_Outcome = Tuple[str, str, List[object], str]


class _Reached:
    """Objects from which the searched one is reached, nearest first; object 0 is the searched one."""

    def __init__(self, turn: Turn, box: List[object]) -> None:
        self._turn = turn
        self.kept = box
        self.index_by_id: Dict[int, int] = {id(thing): at for at, thing in enumerate(box)}
        self._towards: List[int] = [0] * len(box)
        # The first object that may be on a path: a given holder, or the searched object.
        self.least = len(box) - 1
        self.begin_of_level, self.end_of_level = self.least, len(box)
        turn.own(box)

    def add(self, thing: object, towards: int) -> None:
        self.index_by_id[id(thing)] = len(self.kept)
        self.kept.append(thing)
        self._towards.append(towards)

    def next_level(self, end: int) -> None:
        self.begin_of_level, self.end_of_level = end, len(self.kept)

    def add_all(self, referrers: List[object], targets: Tuple[object, ...], first: int) -> None:
        """Notes those that are new, each with the first of `targets` that it refers to."""
        index_by_id, mine = self.index_by_id, self._turn.mine
        index_by_target = {id(target): first + at for at, target in enumerate(targets)}
        for referrer in referrers:
            if id(referrer) not in index_by_id and not mine(referrer):
                towards = first if len(targets) == 1 else _first_target(referrer, index_by_target)
                if towards is not None:
                    self.add(referrer, towards)

    def chain(self, at: int) -> List[object]:
        """From object `at` to the searched one."""
        found = [self.kept[at]]
        while at != 0:
            at = self._towards[at]
            found.append(self.kept[at])
        return found


def _first_target(referrer: object, index_by_target: Dict[int, int]) -> Optional[int]:
    for target in referents(referrer):
        at = index_by_target.get(id(target))
        if at is not None:
            return at
    return None


def _refers_to_itself(thing: object) -> bool:
    return any([target is thing for target in referents(thing)])
