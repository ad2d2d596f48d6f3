"""Counts by identity, because hashing a code object compares its whole text."""

from .code_places import place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List

MOST_ENTRIES = 50


class Tally:
    """How often each piece of code was seen; it is kept alive until the tally goes."""

    __slots__ = ("_counts", "_codes")

    def __init__(self) -> None:
        self._counts: "Dict[int, int]" = {}
        self._codes: "Dict[int, object]" = {}

    def add(self, code: object) -> None:
        """Sees `code` once more."""
        key = id(code)
        if key in self._counts:
            self._counts[key] += 1
        else:
            self._counts[key] = 1
            self._codes[key] = code

    def entries(self, label: str) -> "List[Dict[str, object]]":
        """The most frequent first, with their places, the name under `label`."""
        ranked = sorted(self._counts.items(), key=lambda item: -item[1])[:MOST_ENTRIES]
        found: "List[Dict[str, object]]" = []
        for key, count in ranked:
            name, file, line = place_of(self._codes[key])
            found.append({label: name, "file": file, "line": line, "count": count})
        return found
