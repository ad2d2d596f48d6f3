"""What is kept of a watched object: a weak reference, or its address where it can have none. Never the object itself."""

from __future__ import annotations

import weakref
from types import CodeType
from typing import TYPE_CHECKING, Any, Optional, Tuple, Union

from ..graph.class_facts import class_text
from ..graph.places import Place, is_library_file
from ..graph.variables import place_of_code

if TYPE_CHECKING:
    from weakref import ReferenceType

    _Reference = ReferenceType[Any]
else:
    _Reference = weakref.ref

WATCHED, CREATED = "watched", "created"

# How a constructor is reached: what calls these is who creates.
_CONSTRUCTORS = frozenset(("__new__", "__call__", "__init__"))


class Site:
    """A stack in which objects of one class were noted. Keeps code objects, not frames; the class only weakly."""

    __slots__ = ("kind", "type", "how", "codes", "gone", "gone_noted", "tracked", "is_by_address")

    def __init__(self, kind: type, how: str, codes: Tuple[Tuple[CodeType, int], ...], tracked: Any) -> None:
        self.kind = weakref.ref(kind)
        self.type = class_text(kind)
        self.how = how
        self.codes = codes
        # Objects that are gone: how many they stood for, and how many were noted.
        self.gone = self.gone_noted = 0
        # The sampler of the tracked class, or None.
        self.tracked = tracked
        # Objects of the class have no weak references; found out with the first.
        self.is_by_address = False

    def stack(self) -> Tuple[Place, ...]:
        """Innermost first."""
        return tuple([Place(*place_of_code(code, line)) for code, line in self.codes])

    def place(self) -> Optional[Place]:
        """The innermost line that is the program's own and no constructor's; the innermost of all where there is none."""
        stack = self.stack()
        for place in stack:
            if not is_library_file(place.file) and place.function.split(".")[-1] not in _CONSTRUCTORS:
                return place
        return stack[0] if stack else None


class WeakRecord(_Reference):
    """A weak reference with what is known of the object. `weight` is how many objects it stands for (`track` may sample).

    `lifetime` in seconds from `born` (`time.monotonic`) on; None where nothing is expected. `told` once a callback knows.
    """

    __slots__ = ("site", "born", "label", "lifetime", "weight", "told")

    site: Site
    born: float
    label: Optional[str]
    lifetime: Optional[float]
    weight: int
    told: bool


class AddressRecord:
    """The same of an object that cannot be referred to weakly: its address, and ids of some of what was in it. The collector
    knows it from the moment of noting on: what is younger came later, if the object was listed (`is_listed`) by then."""

    __slots__ = ("address", "is_listed", "contents", "keys", "site", "born", "label", "lifetime", "weight", "told")

    address: int
    is_listed: bool
    contents: Tuple[int, ...]
    keys: Tuple[int, ...]
    site: Site
    born: float
    label: Optional[str]
    lifetime: Optional[float]
    weight: int
    told: bool


Record = Union[WeakRecord, AddressRecord]
