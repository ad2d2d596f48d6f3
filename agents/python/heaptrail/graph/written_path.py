"""A chain of objects as their developer would write it: attributes rather than tables behind instances, closure variables rather than cells."""

from __future__ import annotations

from collections import deque
from types import CellType, FrameType, FunctionType
from typing import Any, List, Optional, Sequence, Tuple

from .attributes import Attributes
from .class_facts import DICT_SUBCLASS, LIST_SUBCLASS, TUPLE_SUBCLASS, class_text, flags_of, is_class, is_kind
from .edge_labels import ATTRIBUTE, INTERNAL, KEY, LOCAL, TABLE, Edge, edge_between
from .path import Step
from .variables import frame_of

_closure_of: Any = vars(FunctionType)["__closure__"].__get__
_code_of: Any = vars(FunctionType)["__code__"].__get__


def written_steps(chain: Sequence[object], names: Attributes, namespace: bool = False) -> Tuple[Step, ...]:
    """Steps of a chain in which each object refers to the next. With `namespace` the first is a module's table, and no step itself."""
    steps: List[Step] = []
    at = 0
    if namespace and len(chain) > 1:
        edge = edge_between(chain[0], chain[1], names)
        steps.append(step_to(Edge(ATTRIBUTE, edge.operand, chain[1]).text() if edge.kind == KEY else edge.text(), chain[1]))
        at = 1
    else:
        steps.append(step_to("", chain[0]))
    while at < len(chain) - 1:
        label, length = next_written(chain, at, names)
        at += length
        steps.append(step_to(label, chain[at]))
    return tuple(steps)


def next_written(chain: Sequence[object], at: int, names: Attributes) -> Tuple[str, int]:
    """The reference from `chain[at]` as it is written, and how many references of the chain it stands for."""
    owner, target = chain[at], chain[at + 1]
    edge = edge_between(owner, target, names)
    beyond = chain[at + 2] if at + 2 < len(chain) else None
    if beyond is not None and edge.kind == INTERNAL and edge.operand == TABLE:
        inner = edge_between(target, beyond, names)
        if inner.kind == KEY:
            return Edge(ATTRIBUTE, inner.operand, beyond).text(), 2
    if at + 3 < len(chain) and type(owner) is FunctionType and type(beyond) is CellType:
        name = _variable_of_closure(owner, beyond)
        if name is not None:
            return "closure " + name, 3
    if beyond is not None and type(target) is FrameType and frame_of(owner) is target:
        local = _variable(target, chain, at + 1, names)
        if local is not None:
            return local[0], 1 + local[1]
    return _variable(owner, chain, at, names) or (edge.text(), 1)


def _variable(owner: object, chain: Sequence[object], at: int, names: Attributes) -> Optional[Tuple[str, int]]:
    """A variable of the frame or generator `chain[at]`; one that functions inside it share lies in a cell."""
    if type(owner) is not FrameType and frame_of(owner) is None:
        return None
    for length in (1, 2):
        if at + length < len(chain) and (length == 1 or type(chain[at + 1]) is CellType):
            edge = edge_between(owner, chain[at + length], names)
            if edge.kind == LOCAL:
                return edge.text(), length
    return None


def _variable_of_closure(function: object, cell: object) -> Optional[str]:
    closure = _closure_of(function) or ()
    for name, own in zip(_code_of(function).co_freevars, closure):
        if own is cell:
            return str(name)
    return None


def step_to(label: str, thing: object) -> Step:
    """A step without anything of the program in it. An attribute that is a class says so: `class Session`."""
    if is_class(thing):
        shown = "class " + label[1:] if label.startswith(".") else label
        return Step(shown, "class " + class_text(thing), None, id(thing))  # type: ignore[arg-type]
    return Step(label, class_text(type(thing)), entries_of(thing), id(thing))


def entries_of(thing: object) -> Optional[int]:
    """Length of a container of CPython's own or of a subclass, as C knows it."""
    flags = flags_of(type(thing))
    if flags & DICT_SUBCLASS:
        return dict.__len__(thing)  # type: ignore[arg-type]
    if flags & LIST_SUBCLASS:
        return list.__len__(thing)  # type: ignore[arg-type]
    if flags & TUPLE_SUBCLASS:
        return tuple.__len__(thing)  # type: ignore[arg-type]
    kind: Any
    for kind in (set, frozenset, deque):
        if is_kind(thing, kind):
            return int(kind.__len__(thing))
    return None
