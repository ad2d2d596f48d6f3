"""Small values beside the graph: numbers and truth values that an attribute, a key or a local reaches."""

from array import array
from itertools import compress

from .blocks import VALUES, BlockWriter, u32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, List, Set

_KINDS = ((id(int), 1), (id(float), 2), (id(bool), 3))
_LARGEST = 2**53


class Values:
    """Collects values and writes them now and then; each object once."""

    def __init__(self, out: BlockWriter) -> None:
        self._out = out
        self._written: "Set[int]" = set()

    def note(self, reached: "List[object]") -> None:
        # By address: a set of the types themselves would call the `__hash__` of a metaclass.
        kinds = list(map(id, map(type, reached)))
        met = set(kinds)
        for address, kind in _KINDS:
            if address in met:
                self._write(kind, list(compress(reached, map(address.__eq__, kinds))))

    def _write(self, kind: int, found: "List[Any]") -> None:
        by_address = dict(zip(map(id, found), found))
        fresh = [address for address in set(by_address).difference(self._written) if kind != 1 or -_LARGEST < by_address[address] < _LARGEST]
        if fresh:
            self._written.update(fresh)
            self._out.block(VALUES, [u32(kind, len(fresh)), array("Q", fresh), array("d", map(by_address.__getitem__, fresh))])
