"""`check_leaks()`: watched objects that are alive past their time, and who holds them."""

from __future__ import annotations

import gc
import time
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Set, Tuple

from ..graph.bounds import Bounds
from ..graph.path import CUT, Holding
from ..graph.path import GARBAGE as WAITS_FOR_COLLECTOR
from ..graph.path_search import PathSearch
from ..graph.turn import Turn
from .address_census import CANNOT_TELL
from .leak_text import leak_text
from .records import Record, Site
from .registry import registry
from .survivors import Survivor, Survivors
from .watched_object import WatchedObject, describe

MOST_TOLD = 1000
_MOST_NODES = 2_000_000


class LeakCheck(NamedTuple):
    """What a check found. True when there are leaks.

    `leaks`      objects that something holds past their time, at most 1000, of `leak_count`
    `uncertain`  objects noted by address of which nobody can tell whether they are the same still
    `garbage`    objects past their time that nothing holds: they wait for the cyclic collector, and are no leak
    `watched`    watched objects that are alive; `pending` of them have time left, or no time was set
    `note`       what was not looked at; empty when nothing is missing
    """

    leaks: Tuple[WatchedObject, ...]
    leak_count: int
    uncertain: Tuple[WatchedObject, ...]
    garbage: int
    watched: int
    pending: int
    seconds: float
    note: str

    def __bool__(self) -> bool:
        return self.leak_count > 0

    def __str__(self) -> str:
        return leak_text(self)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["leaks"] = [leak.as_dict() for leak in self.leaks]
        data["uncertain"] = [one.as_dict() for one in self.uncertain]
        return data


def check_leaks(*, grace: float = 0.0, collect: bool = False, paths: int = 10, seconds: float = 2.0) -> LeakCheck:
    """Looks at all watched objects whose time is over by `grace` seconds: at once for `watch`, when it said for
    `expect_gone` and `track(lifetime=…)`. Instances tracked without a lifetime are never leaks.

    For up to `paths` of them, one of each place first, it searches who holds them, `seconds` long in all. What only
    waits for the cyclic collector is told apart, so that no collection is needed; where there are more than `paths`, or a
    search is cut, one look at the whole heap tells it, and stands still for about 0.3 s per million references. `collect=True`
    makes a full collection first, which runs finalizers of the program as any does. Otherwise none of its code is called.
    """
    if collect:
        gc.collect()
    return check(registry.records(), grace, paths, seconds)


def check(
    records: Sequence[Record], grace: float, paths: int, seconds: float, is_wanted: Optional[Callable[[Record], bool]] = None,
) -> LeakCheck:
    """As `check_leaks`, of overdue ones among `records` that `is_wanted`."""
    begun = time.monotonic()
    due = [record for record in records if _is_overdue(record, begun, grace) and (is_wanted is None or is_wanted(record))]
    with Turn() as turn:
        turn.own(records)
        turn.own(due)
        chosen = set(map(id, due))
        survivors = Survivors(turn, due, [record for record in records if id(record) not in chosen])
        try:
            return _Judging(turn, survivors, paths, seconds).result(records, begun)
        finally:
            survivors.drop()


def _is_overdue(record: Record, now: float, grace: float) -> bool:
    return record.lifetime is not None and now >= record.born + record.lifetime + grace


class _Judging:
    """Tells leaks from garbage and from what cannot be told."""

    def __init__(self, turn: Turn, survivors: Survivors, paths: int, seconds: float) -> None:
        self._turn = turn
        self._survivors = survivors
        self._paths, self._seconds = paths, seconds
        self._search: Optional[PathSearch] = None
        self._notes: List[str] = []
        self._unreachable: Set[int] = set()
        self._has_looked = False

    def result(self, records: Sequence[Record], begun: float) -> LeakCheck:
        alive = self._survivors.alive
        if len(alive) > self._paths:
            self._find_unreachable()  # too many to search for each
        if alive and self._paths > 0:
            # Its time begins now: the look at the whole heap may have taken more than that.
            self._search = PathSearch(self._turn, Bounds(self._seconds, _MOST_NODES))
        leaks: List[WatchedObject] = []
        uncertain: List[WatchedObject] = []
        leak_count = garbage = searched = 0
        for survivor in _one_of_each_place_first(alive):
            found = self._judge(survivor, searched < self._paths)
            if found is None:
                garbage += 1
                continue
            searched += found.held_by is not None
            if survivor.status == CANNOT_TELL:
                uncertain += [found] if len(uncertain) < MOST_TOLD else []
                continue
            leak_count += 1
            if len(leaks) < MOST_TOLD:
                leaks.append(found)
        if any([leak.held_by is not None and leak.held_by.status == CUT for leak in leaks]):
            self._notes.append("not every search came to an end")
        living = sum([_lives(record) for record in records]) - self._survivors.gone
        if registry.dropped:
            self._notes.append("%d objects were not noted: so many are watched already" % registry.dropped)
        return LeakCheck(
            tuple(leaks), leak_count, tuple(uncertain), garbage, living, max(0, living - leak_count - garbage - len(uncertain)),
            time.monotonic() - begun, "; ".join(self._notes))

    def _judge(self, survivor: Survivor, is_searched: bool) -> Optional[WatchedObject]:
        """The object, with who holds it where that is searched; None when it is garbage, or has gone meanwhile."""
        box = self._survivors.box(survivor)
        if not box or id(box[0]) in self._unreachable:
            return None
        found = describe(survivor.record, box[0], survivor.status)
        if not is_searched or self._search is None:
            return found
        held_by: Holding = self._search.holding(box, given=False)
        if held_by.status == CUT:
            # The search could not tell whether it is garbage.
            self._find_unreachable()
            if found.address in self._unreachable:
                return None
        return None if held_by.status == WAITS_FOR_COLLECTOR else found._replace(held_by=held_by)

    def _find_unreachable(self) -> None:
        """One look at the whole heap, the first time, for all that only wait for the cyclic collector."""
        if not self._has_looked:
            self._has_looked = True
            self._unreachable, note = self._survivors.unreachable()
            self._notes += [note] if note else []


def _one_of_each_place_first(survivors: List[Survivor]) -> List[Survivor]:
    seen: Set[Site] = set()
    first: List[Survivor] = []
    others: List[Survivor] = []
    for survivor in survivors:
        (others if survivor.record.site in seen else first).append(survivor)
        seen.add(survivor.record.site)
    return first + others


def _lives(record: Record) -> bool:
    return not callable(record) or record() is not None
