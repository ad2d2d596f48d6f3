"""Names of edges: each text once, found again by the address of its str object, so that no `__hash__` of the program runs."""

from .blocks import NAME, BlockWriter
from .privacy import Privacy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List


class NameTable:
    """Ids of names, in the order of the NAME blocks."""

    def __init__(self, out: BlockWriter, privacy: Privacy) -> None:
        self._out = out
        self._privacy = privacy
        self._id_by_text: "Dict[str, int]" = {}
        # The objects are kept, for an address says nothing once its object is gone.
        self._id_by_address: "Dict[int, int]" = {}
        self._kept: "List[object]" = []
        self._fresh: "List[str]" = []

    def plain(self, text: str) -> int:
        """A name of heaptrail's own or of the language; never hidden."""
        found = self._id_by_text.get(text)
        if found is None:
            found = self._id_by_text[text] = len(self._id_by_text)
            self._fresh.append(text)
        return found

    def of(self, keys: "List[object]") -> "List[int]":
        """Ids of attribute names, given as the key objects of a namespace."""
        known = self._id_by_address
        try:
            return list(map(known.__getitem__, map(id, keys)))
        except KeyError:
            for key in keys:
                if id(key) not in known:
                    known[id(key)] = self.plain(self._privacy.name(key))
                    self._kept.append(key)
            return list(map(known.__getitem__, map(id, keys)))

    def text_of(self, key: object) -> str:
        """A key of a namespace as it is written."""
        return self._privacy.name(key)

    def write_fresh(self) -> None:
        """Must come before the first block that uses the names."""
        if self._fresh:
            self._out.json(NAME, self._fresh)
            self._fresh = []
