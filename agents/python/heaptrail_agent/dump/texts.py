"""Texts of str objects that are used as keys."""

from array import array

from .blocks import TEXT, BlockWriter, u32
from .privacy import KEPT_CHARACTERS, Privacy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Set

_HIDDEN = 0xFFFF


class Texts:
    """Writes each key's text once; what does not look like a programmer's name is written as a hash."""

    def __init__(self, out: BlockWriter, privacy: Privacy) -> None:
        self._out = out
        self._privacy = privacy
        self._written: "Set[int]" = set()

    def note(self, keys: "List[object]") -> None:
        by_address = dict(zip(map(id, keys), keys))
        fresh = set(by_address).difference(self._written)
        if not fresh:
            return
        self._written |= fresh
        found = [(address, by_address[address]) for address in fresh if type(by_address[address]) is str]
        if not found:
            return
        shown = [self._shown(text) for _, text in found]  # type: ignore[arg-type]
        self._out.block(
            TEXT,
            [
                u32(len(found)),
                array("Q", [address for address, _ in found]),
                array("I", [hash(text) & 0xFFFFFFFF for _, text in found]),
                array("H", [_HIDDEN if text is None else len(text) for text in shown]),
                b"".join([text for text in shown if text is not None]),
            ],
        )

    def _shown(self, text: str) -> "bytes | None":
        if not self._privacy.shows(text):
            return None
        return text[:KEPT_CHARACTERS].encode("utf-8", "surrogatepass")
