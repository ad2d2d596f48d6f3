"""`stats()` and `watched()`: what was noted where, and what of it is there."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from ..graph.places import Place
from ..graph.turn import Turn
from .records import Record, Site
from .registry import registry
from .survivors import Survivors
from .watched_object import WatchedObject, describe


class SiteStats(NamedTuple):
    """Objects of one class that were noted in one place. `ratio` is alive / allocated.

    `is_exact` is False where `track` has noted a sample only: then the numbers are estimates, from `sampled` objects.
    `stack` is that of the most of them.
    """

    type: str
    how: str
    place: Optional[Place]
    allocated: int
    alive: int
    ratio: float
    is_exact: bool
    sampled: int
    stack: Tuple[Place, ...]

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["place"] = None if self.place is None else self.place._asdict()
        data["stack"] = [place._asdict() for place in self.stack]
        return data


class _Sums:
    def __init__(self) -> None:
        self.gone = self.gone_noted = self.alive = self.alive_noted = 0
        self.sites: List[Tuple[int, Site]] = []


def stats() -> List[SiteStats]:
    """Per class and place: how many were noted, how many of them are alive; those of most living ones first.

    Of objects noted by address those count as alive that are found, or an object of their class in their place.
    """
    if registry.by_address:
        with Turn() as turn:
            Survivors(turn, (), registry.records()).drop()  # forgets those that are gone
    return site_rows()


def site_rows() -> List[SiteStats]:
    """As `stats`, of what is booked already."""
    alive: Dict[int, Tuple[int, int]] = {}
    for record in registry.records():
        if not callable(record) or record() is not None:
            weight, noted = alive.get(id(record.site), (0, 0))
            alive[id(record.site)] = (weight + record.weight, noted + 1)
    sums: Dict[Tuple[str, str, Optional[Place]], _Sums] = {}
    for site in list(registry.sites.values()):
        one = sums.setdefault((site.type, site.how, site.place()), _Sums())
        weight, noted = alive.get(id(site), (0, 0))
        one.alive += weight
        one.alive_noted += noted
        one.gone += site.gone
        one.gone_noted += site.gone_noted
        one.sites.append((weight + site.gone, site))
    rows = [_row(key, one) for key, one in sums.items()]
    return sorted(rows, key=lambda row: (-row.alive, -row.allocated, row.type, str(row.place)))


def _row(key: Tuple[str, str, Optional[Place]], sums: _Sums) -> SiteStats:
    kind, how, place = key
    allocated, sampled = sums.alive + sums.gone, sums.alive_noted + sums.gone_noted
    most = max(sums.sites, key=_weight_of)[1]
    return SiteStats(kind, how, place, allocated, sums.alive, sums.alive / max(1, allocated), allocated == sampled, sampled, most.stack())


def _weight_of(entry: Tuple[int, Site]) -> int:
    return entry[0]


def watched() -> List[WatchedObject]:
    """All watched and tracked objects that are alive, the oldest first, without a search for who holds them."""
    records: List[Record] = registry.records()
    with Turn() as turn:
        survivors = Survivors(turn, records)
        try:
            found = []
            for survivor in survivors.alive:
                box = survivors.box(survivor)
                if box:
                    found.append(describe(survivor.record, box[0], survivor.status))
            return found
        finally:
            survivors.drop()
