"""`referrers(obj)`: what refers to an object, as a tree that grows towards the roots."""

from __future__ import annotations

import gc
from types import CellType, FrameType, FunctionType, GetSetDescriptorType, MemberDescriptorType
from typing import Dict, List, Optional, Tuple

from .attributes import Attributes
from .bounds import Bounds
from .class_facts import is_class, mro_of
from .edge_labels import ATTRIBUTE, INTERNAL, KEY, TABLE, Edge, edge_between
from .forward_tree import describe
from .holders import calling_frame
from .referents import referents
from .roots import Roots
from .tree import Branch, Tree
from .turn import Turn

_MOST_BRANCHES = 2000
_AT_ONCE = 64
# A table that so many refer to is no instance's own.
_MOST_OWNERS = 8
_OF_CLASSES = (GetSetDescriptorType, MemberDescriptorType)


def referrers(obj: object, depth: int = 3, most: int = 10, *, texts: bool = False, seconds: float = 2.0) -> Tree:
    """What refers to `obj`, `depth` references far, `most` of each object: `.sessions of App`, `["a"] of dict, 3 entries`.

    Modules and variables of running functions are where a branch ends; variables of the calling function do not count.
    Otherwise as `refs`. Each step is a look at the whole heap (some milliseconds per 100,000 objects).
    """
    kept = [obj]
    root = describe("", obj, texts)
    del obj
    with Turn() as turn:
        growing = _Growing(turn, kept, root, Bounds(seconds, _MOST_BRANCHES), calling_frame(), most, texts)
        for _ in range(depth):
            growing.one_further()
        cut = growing.bounds.reason
        growing.drop()
    return Tree(root, " of ", cut and "… not whole: " + cut)


class _Growing:
    """The tree while it grows; `kept` are the objects of `branches`."""

    def __init__(
        self, turn: Turn, kept: List[object], root: Branch, bounds: Bounds, caller: Optional[FrameType], most: int, texts: bool,
    ) -> None:
        self.bounds = bounds
        self._turn, self._kept, self._branches, self._most, self._texts = turn, kept, [root], most, texts
        self._names = Attributes()
        self._roots = Roots(turn, self._names, caller)
        self._seen: Dict[int, int] = {id(kept[0]): 0}
        self._begin, self._shown = 0, 1
        turn.own(kept)

    def one_further(self) -> None:
        """Adds what refers to the objects of the last level."""
        begin, end = self._begin, len(self._kept)
        for first in range(begin, end, _AT_ONCE):
            targets = tuple(self._kept[first : min(end, first + _AT_ONCE)])
            self._turn.own(targets)
            found = [referrer for referrer in gc.get_referrers(*targets) if not self._turn.mine(referrer)]
            self._turn.own(found)
            for at, target in enumerate(targets):
                self._add_referrers(first + at, target, [one for one in found if any([to is target for to in referents(one)])])
            self._turn.disown(found)
            self._turn.disown(targets)
            if self.bounds.ended(self._shown):
                return
        self._begin = end

    def drop(self) -> None:
        """Lets go of everything."""
        del self._kept[:]

    def _add_referrers(self, at: int, target: object, found: List[object]) -> None:
        branch = self._branches[at]
        variable = self._roots.variable_by_value.get(id(target))
        if variable is not None:
            branch.branches.append(Branch(variable, "", "", 0))
        self._turn.own(found)
        for referrer in found:
            if len(branch.branches) >= self._most:
                branch.more += 1
                continue
            if type(referrer) is CellType and id(target) in self._roots.in_cells and not self._functions_of(referrer):
                continue  # the cell of a variable of a running function
            if type(referrer) is FrameType and id(referrer) in self._roots.running:
                continue
            if is_class(target) and (any([type(referrer) is one for one in _OF_CLASSES]) or mro_of(target) is referrer):  # type: ignore[arg-type]
                continue  # every class has these
            self._add(branch, target, referrer)
        self._turn.disown(found)

    def _add(self, branch: Branch, target: object, referrer: object) -> None:
        label, owner = self._written(target, referrer)
        module = self._roots.module_by_table.get(id(owner)) or self._roots.module_by_id.get(id(owner))
        new = Branch(label, "module " + module, "", id(owner)) if module else describe(label, owner, self._texts)
        branch.branches.append(new)
        self._shown += 1
        if module:
            return
        if id(owner) in self._seen:
            new.note = "the first" if self._seen[id(owner)] == 0 else "above"
            return
        self._seen[id(owner)] = len(self._kept)
        self._kept.append(owner)
        self._branches.append(new)

    def _written(self, target: object, referrer: object) -> Tuple[str, object]:
        """The reference as it is written, and whose it is: the instance rather than its table, the function rather than a cell."""
        edge = edge_between(referrer, target, self._names)
        if type(referrer) is dict and edge.kind == KEY and id(referrer) in self._roots.module_by_table:
            return Edge(ATTRIBUTE, edge.operand, target).text(self._texts), referrer
        if type(referrer) is dict and edge.kind == KEY:
            owner = self._owner_of_table(referrer)
            if owner:
                return Edge(ATTRIBUTE, edge.operand, target).text(self._texts), owner[0]
        if type(referrer) is CellType:
            for function in self._functions_of(referrer):
                for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
                    if cell is referrer:
                        return "closure " + name, function
        return edge.text(self._texts), referrer

    def _owner_of_table(self, table: object) -> List[object]:
        owners = [owner for owner in gc.get_referrers(table) if not self._turn.mine(owner)]
        self._turn.own(owners)
        try:
            for owner in owners[:_MOST_OWNERS]:
                edge = edge_between(owner, table, self._names)
                if edge.kind == INTERNAL and edge.operand == TABLE:
                    return [owner]
            return []
        finally:
            self._turn.disown(owners)

    def _functions_of(self, cell: object) -> List[FunctionType]:
        found: List[FunctionType] = []
        for closure in gc.get_referrers(cell):
            if type(closure) is tuple and not self._turn.mine(closure):
                found += [function for function in gc.get_referrers(closure) if type(function) is FunctionType]
        return found
