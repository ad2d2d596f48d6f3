"""What stands beside the graph: weak references, limits of containers, code."""

import sys
from array import array
from collections import deque
from types import CodeType
from weakref import ref

from _functools import _lru_cache_wrapper  # type: ignore[import-not-found]

from .blocks import BOUNDS, CODE, WEAK, BlockWriter, u32
from .privacy import Privacy
from .type_facts import TypeFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List

_referent_of = ref.__call__
_information_of = _lru_cache_wrapper.__dict__["cache_info"]
_limit_of_deque = deque.__dict__["maxlen"].__get__


class Beside:
    """Notes what is no reference and yet explains one."""

    def __init__(self, out: BlockWriter, privacy: Privacy) -> None:
        self._out = out
        self._privacy = privacy

    def note(self, facts: TypeFacts, objects: "List[object]") -> None:
        if issubclass(facts.kind, ref):
            self._weak_references(objects)
        elif facts.kind is _lru_cache_wrapper:
            self._caches(objects)

    def deques(self, objects: "List[object]") -> None:
        self._bounds([[id(thing), "maxlen", _limit_of_deque(thing), len(thing)] for thing in objects if _limit_of_deque(thing) is not None])  # type: ignore[arg-type]

    def code(self, objects: "List[CodeType]") -> None:
        self._out.json(CODE, [self._code(code) for code in objects])

    def _code(self, code: CodeType) -> "List[object]":
        first = code.co_firstlineno
        lines = [line for line in _lines_of(code) if line]
        name: str = code.co_qualname if sys.version_info >= (3, 11) else code.co_name  # type: ignore[attr-defined]
        free = [self._privacy.name(variable) for variable in code.co_freevars]
        return [id(code), code.co_filename, first, max(lines, default=first), name, free]

    def _weak_references(self, objects: "List[object]") -> None:
        alive = [(id(reference), id(referent)) for reference, referent in zip(objects, map(_referent_of, objects)) if referent is not None]  # type: ignore[arg-type]
        if alive:
            self._out.block(WEAK, [u32(len(alive)), array("Q", [source for source, _ in alive]), array("Q", [target for _, target in alive])])

    def _caches(self, objects: "List[object]") -> None:
        found = []
        for cache in objects:
            _, _, limit, size = _information_of(cache)
            if limit is not None:
                found.append([id(cache), "maxsize", limit, size])
        self._bounds(found)

    def _bounds(self, found: "List[List[object]]") -> None:
        if found:
            self._out.json(BOUNDS, found)


def _lines_of(code: CodeType) -> "List[int | None]":
    if sys.version_info >= (3, 10):
        return [line for _, _, line in code.co_lines()]
    lines = []
    line = code.co_firstlineno
    for delta in code.co_lnotab[1::2]:
        line += delta - 256 if delta > 127 else delta
        lines.append(line)
    return lines  # type: ignore[return-value]
