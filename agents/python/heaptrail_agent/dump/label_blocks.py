"""LABELS blocks: names for edges that stand elsewhere, or edges of their own."""

from array import array

from .blocks import LABELS, u32
from .gathered_blocks import GatheredBlocks
from .names import NameTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Sequence

ATTRIBUTE, KEY, CELL, LOCAL, SLOT, TYPE, INTERNAL = range(1, 8)
NAMES_EXISTING, NEW_COUNTED, NEW_BORROWED = 0, 1, 2


class LabelBlocks:
    """Names of one kind and mode: `counts[i]` of them belong to `owners[i]`."""

    def __init__(self, out: GatheredBlocks, names: NameTable) -> None:
        self._out = out
        self.names = names

    def write(self, kind: int, mode: int, owners: "Sequence[int]", counts: "Sequence[int]", name_ids: "Sequence[int]", targets: "Sequence[int]") -> None:
        if not name_ids:
            return
        self.names.write_fresh()
        columns = [array("Q", owners), array("I", counts), array("I", name_ids), array("Q", targets)]
        self._out.rows(LABELS, u32(kind, mode), len(owners), b"", columns)

    def one_name(self, kind: int, mode: int, name: str, owners: "List[int]", targets: "List[int]") -> None:
        """The same name for one edge of each owner."""
        self.write(kind, mode, owners, [1] * len(owners), [self.names.plain(name)] * len(owners), targets)
