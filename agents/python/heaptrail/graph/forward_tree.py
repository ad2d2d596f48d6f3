"""`refs(obj)`: what an object refers to, as a tree."""

from __future__ import annotations

from itertools import islice
from types import ModuleType
from typing import Dict, List

from .attributes import Attributes
from .bounds import Bounds
from .class_facts import class_text, is_class, is_kind
from .edge_labels import Edge
from .key_text import value_text
from .path import counted
from .tree import Branch, Tree
from .turn import Turn
from .written_edges import is_plain, written_edges
from .written_path import entries_of

_MOST_BRANCHES = 2000


def refs(obj: object, depth: int = 3, most: int = 10, *, texts: bool = False, seconds: float = 2.0) -> Tree:
    """What `obj` refers to, `depth` references deep, `most` of each object.

    Each object is opened once, where it is nearest to `obj`. Keys and values that do not look like names are shown with
    `texts` only. Classes, modules' namespaces and code are left out. Calls no code of the program (no `repr`, no
    properties) and leaves no reference behind. Ends after `seconds` or 2000 branches, and says so.
    """
    bounds = Bounds(seconds, _MOST_BRANCHES)
    names = Attributes()
    root = describe("", obj, texts)
    kept = [obj]
    branches = [root]
    at_by_id: Dict[int, int] = {id(obj): 0}
    with Turn() as turn:
        turn.own(kept)
        _grow(kept, branches, at_by_id, names, depth, most, texts, bounds)
        del kept[:]
    return Tree(root, ": ", bounds.reason and "… not whole: " + bounds.reason)


def _grow(
    kept: List[object], branches: List[Branch], at_by_id: Dict[int, int], names: Attributes, depth: int, most: int, texts: bool,
    bounds: Bounds,
) -> None:
    begin, shown = 0, 1
    for _ in range(depth):
        end = len(kept)
        for at in range(begin, end):
            edges = written_edges(kept[at], names)
            for edge in islice(edges, most):
                branch = describe(edge_label(edge, texts), edge.target, texts)
                branches[at].branches.append(branch)
                shown += 1
                if id(edge.target) in at_by_id:
                    branch.note = "the first" if at_by_id[id(edge.target)] == 0 else "above"
                elif not is_plain(edge.target) and not is_class(edge.target) and not is_kind(edge.target, ModuleType):
                    at_by_id[id(edge.target)] = len(kept)
                    kept.append(edge.target)
                    branches.append(branch)
            branches[at].more = sum([1 for _ in edges])
            if bounds.ended(shown):
                return
        begin = end


def edge_label(edge: Edge, texts: bool) -> str:
    """The label of an edge; a variable of a closure has its own."""
    if type(edge.operand) is str and edge.operand.startswith("closure "):
        return edge.operand
    return edge.text(texts)


def describe(label: str, thing: object, texts: bool) -> Branch:
    """A branch for an object, with its value where it is of a built-in type that refers to nothing."""
    if is_class(thing):
        return Branch(label, "class " + class_text(thing), "", id(thing))  # type: ignore[arg-type]
    value = value_text(thing, texts)
    if value:
        return Branch(label, "" if thing is None else class_text(type(thing)), value, id(thing))
    return Branch(label, class_text(type(thing)), counted(entries_of(thing)), id(thing))
