"""All objects of the collector at one moment, and their references, as columns of numbers."""

from __future__ import annotations

import gc
import sys
from array import array
from itertools import accumulate, chain, repeat
from types import FunctionType, ModuleType
from typing import Any, Dict, List, Optional

from .class_facts import TYPE_SUBCLASS, flags_of, mro_of
from .referents import asyncio_module, module_table
from .turn import Turn


class HeapColumns:
    """Objects by number. `objects` are kept by it: drop it soon.

    `references[i]`     references to object i, less those that the reading took
    `first_edge[i]`     the first of object i's edges in `target`; `first_edge[i + 1]` is behind its last
    `target[e]`         number of the object that edge e leads to; -1 for one that the collector does not list
    `is_scaffold[i]`    1 for classes, modules and the namespaces that code runs in: with them nearly everything is one knot

    Read in a single step of the interpreter, so that on builds with a global lock no thread changes anything between the
    first column and the last. It stands still for about 0.3 s per million references.
    """

    def __init__(self, turn: Turn, kept: Optional[Dict[int, Any]] = None) -> None:
        """`kept` are objects that the caller keeps, by address: that does not count."""
        self.objects: List[Any] = gc.get_objects()
        turn.own(self.objects)
        self._leave_out(asyncio_module())
        self._leave_out(kept)
        probe = object()
        self.objects.append(probe)
        objects, referents = self.objects, gc.get_referents
        columns = map(
            array,
            ("q", "q", "Q"),
            (
                map(sys.getrefcount, objects),
                map(len, map(referents, objects)),
                map(id, chain.from_iterable(map(referents, objects))),
            ),
        )
        self.references, counts, targets = columns
        own = self.references.pop() - 1  # the variable `probe` is no part of it
        objects.pop()
        counts.pop()
        self.references = array("q", [count - own for count in self.references])
        self.first_edge = array("q", chain((0,), accumulate(counts)))
        self.number_by_id: Dict[int, int] = dict(zip(map(id, objects), range(len(objects))))
        for address in kept or ():
            if address in self.number_by_id:
                self.references[self.number_by_id[address]] -= 1
        self.target = array("q", map(self.number_by_id.get, targets, repeat(-1)))
        self.is_scaffold = self._scaffold()

    def __len__(self) -> int:
        return len(self.objects)

    def drop(self) -> None:
        """Lets go of the objects."""
        del self.objects[:]

    def _leave_out(self, thing: object) -> None:
        """What is not in the list is the outside: it keeps what it refers to."""
        addresses = array("Q", map(id, self.objects))
        if thing is not None and id(thing) in addresses:
            del self.objects[addresses.index(id(thing))]

    def _scaffold(self) -> bytearray:
        found = bytearray(len(self.objects))
        by_kind: Dict[int, bool] = {}
        number_of = self.number_by_id.get
        for at, thing in enumerate(self.objects):
            kind = type(thing)
            if kind is FunctionType:
                _mark(found, number_of(id(thing.__globals__)))
                continue
            is_one = by_kind.get(id(kind))
            if is_one is None:
                is_one = by_kind[id(kind)] = _is_scaffold(kind)
            if is_one:
                found[at] = 1
                if any([owner is ModuleType for owner in mro_of(kind)]):
                    _mark(found, number_of(id(module_table(thing))))
        return found


def _is_scaffold(kind: type) -> bool:
    return bool(flags_of(kind) & TYPE_SUBCLASS) or any([owner is ModuleType for owner in mro_of(kind)])


def _mark(found: bytearray, at: Any) -> None:
    if at is not None:
        found[at] = 1
