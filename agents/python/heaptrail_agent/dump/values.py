"""Small values beside the graph: numbers and truth values that an attribute, a key or a local reaches."""

from array import array

from .blocks import VALUES, BlockWriter, u32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List, Set

_KIND_BY_TYPE = {id(int): 1, id(float): 2, id(bool): 3}
_TYPES = frozenset((int, float, bool))
_LARGEST = 2**53


class Values:
    """Collects values and writes them now and then; each object once."""

    def __init__(self, out: BlockWriter) -> None:
        self._out = out
        self._written: "Set[int]" = set()

    def note(self, reached: "List[object]") -> None:
        if _TYPES.isdisjoint(_exact_types(reached)):
            return
        fresh: "Dict[int, Dict[int, float]]" = {1: {}, 2: {}, 3: {}}
        written = self._written
        for value in reached:
            kind = _KIND_BY_TYPE.get(id(type(value)))
            if kind is None or id(value) in written:
                continue
            if kind == 1 and not -_LARGEST < value < _LARGEST:  # type: ignore[operator]
                continue
            written.add(id(value))
            fresh[kind][id(value)] = float(value)  # type: ignore[arg-type]
        for kind, values in fresh.items():
            if values:
                self._out.block(VALUES, [u32(kind, len(values)), array("Q", values.keys()), array("d", values.values())])


def _exact_types(reached: "List[object]") -> "Set[type]":
    """By address first: a set of the types themselves would call the `__hash__` of a metaclass."""
    by_address = {id(kind): kind for kind in map(type, reached)}
    return {by_address[address] for address in _KIND_BY_TYPE if address in by_address}
