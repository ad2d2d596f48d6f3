"""References of an object as its developer sees them: attributes and closure variables themselves, without what lies between."""

from __future__ import annotations

from types import CellType, CodeType, FunctionType
from typing import Iterator, Tuple

from .attributes import Attributes
from .edge_labels import ATTRIBUTE, CLASS, INTERNAL, KEY, TABLE, Edge, edges_of

# What every function refers to, and what tells nothing of it.
_SCAFFOLD = frozenset(("__globals__", "__builtins__", "__code__", "__module__"))


def written_edges(thing: object, names: Attributes) -> Iterator[Edge]:
    """Edges of `thing`, but for those to its class and to what its code runs in."""
    for edge in edges_of(thing, names):
        if edge.kind == CLASS or (edge.kind != KEY and type(edge.operand) is str and edge.operand in _SCAFFOLD):
            continue
        if edge.kind == INTERNAL and edge.operand == TABLE:
            yield from _attributes(edge.target, names)
        elif type(thing) is FunctionType and edge.operand == "__closure__":
            yield from [Edge(ATTRIBUTE, "closure " + name, value) for name, value in _closure(thing)]
        elif edge.kind == INTERNAL and is_plain(edge.target):
            continue  # a key that its value's label shows, or a name or text of the object
        else:
            yield edge


def _attributes(table: object, names: Attributes) -> Iterator[Edge]:
    for edge in edges_of(table, names):
        yield Edge(ATTRIBUTE, edge.operand, edge.target) if edge.kind == KEY else edge


def _closure(function: FunctionType) -> Iterator[Tuple[str, object]]:
    code: CodeType = function.__code__
    for name, cell in zip(code.co_freevars, function.__closure__ or ()):
        if type(cell) is CellType:
            try:
                yield name, cell.cell_contents
            except ValueError:
                pass  # not set yet


def is_plain(thing: object) -> bool:
    """A value of a built-in type that refers to nothing."""
    kind = type(thing)
    return kind is str or kind is int or kind is float or kind is bool or kind is bytes or thing is None
