"""Rows of many groups of objects, gathered into blocks that are worth their while."""

from .blocks import LABELS, BlockWriter, u32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array
    from typing import Dict, List, Sequence, Tuple

    Key = Tuple[int, bytes, bytes]


class GatheredBlocks:
    """Keeps rows of one kind and head together until there are many: a block costs its writer and its reader some time,
    however little is in it. What is gathered are numbers, which keep no object alive."""

    def __init__(self, out: BlockWriter, most_bytes: int) -> None:
        self._out = out
        self._most_bytes = most_bytes
        self._open: "Dict[Key, Tuple[List[int], Sequence[array[int]]]]" = {}
        self._bytes = 0

    def rows(self, kind: int, before: bytes, count: int, after: bytes, columns: "Sequence[array[int]]") -> None:
        """Rows of a block that begins with `before`, the number of rows and `after`. The columns are taken over."""
        counts, gathered = self._open.setdefault((kind, before, after), ([], columns))
        counts.append(count)
        if gathered is not columns:
            for column, more in zip(gathered, columns):
                column.extend(more)
        self._bytes += sum([len(column) * column.itemsize for column in columns])
        if self._bytes >= self._most_bytes:
            self.flush()

    def flush(self) -> None:
        """Writes what there is, names of references last: a reader that has the references can name them at once."""
        for (kind, before, after), (counts, columns) in sorted(self._open.items(), key=_is_of_names):
            self._out.block(kind, [before, u32(sum(counts)), after, *columns])
        self._open.clear()
        self._bytes = 0


def _is_of_names(item: "Tuple[Key, object]") -> bool:
    return item[0][0] == LABELS
