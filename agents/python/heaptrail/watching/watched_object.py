"""What is told of one watched object. Texts and numbers: it keeps nothing of the program alive."""

from __future__ import annotations

import time
from typing import Any, Dict, NamedTuple, Optional, Tuple

from ..graph.class_facts import class_text, shallow_bytes
from ..graph.path import Holding
from ..graph.places import Place
from .records import Record


class WatchedObject(NamedTuple):
    """`age_s` seconds since it was noted, `overdue_s` since it should have been gone (None where nothing is expected).

    `status` is `alive`, or `cannot tell` for an object that has no weak references, when another one of its class may
    have taken its address. `how` it was noted: `watched` or `created`, with `stack` of that moment, innermost first, and
    `place` in it. `held_by` is None where nobody has looked.
    """

    label: Optional[str]
    type: str
    address: int
    age_s: float
    overdue_s: Optional[float]
    size_bytes: int
    status: str
    how: str
    place: Optional[Place]
    stack: Tuple[Place, ...]
    held_by: Optional[Holding]

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["place"] = None if self.place is None else self.place._asdict()
        data["stack"] = [place._asdict() for place in self.stack]
        data["held_by"] = None if self.held_by is None else self.held_by.as_dict()
        return data


def describe(record: Record, thing: object, status: str, held_by: Optional[Holding] = None) -> WatchedObject:
    """The object of a record as of now."""
    site, age_s = record.site, time.monotonic() - record.born
    overdue_s = None if record.lifetime is None else age_s - record.lifetime
    return WatchedObject(
        record.label, class_text(type(thing)), id(thing), age_s, overdue_s, shallow_bytes(thing), status, site.how, site.place(), site.stack(),
        held_by)
