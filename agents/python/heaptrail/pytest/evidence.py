"""Names what grew: type, the line that made it, and who holds it."""

from __future__ import annotations

import os
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

from ..graph.bounds import Bounds
from ..graph.path import GARBAGE, UNSEEN, Holding
from ..graph.path_search import PathSearch
from ..graph.places import short_file
from ..graph.referents import referents
from ..graph.turn import Turn
from ..tracking.type_name import type_name
from .fingerprint import fingerprint
from .made_at import Stack, stack_of, texts
from .survivors import Before, Survivors, bound_of, last_of
from .verdict import LeakPlace

_MOST_SEARCHES = 12
_SECONDS = 8.0
_NODES = 3_000_000
_WEAK = ("weakref.ReferenceType", "weakref", "ReferenceType", "weakref.KeyedRef", "weakref.WeakMethod")

Name = Callable[[str, str, str, str], str]


class Evidence(NamedTuple):
    """`places` by number; `objects_per_call` of all new objects; `resources` are texts of new threads and tasks."""

    places: Tuple[LeakPlace, ...]
    objects_per_call: float
    resources: Tuple[str, ...]


class _Group(NamedTuple):
    type: str
    number: int
    below: Dict[str, int]
    made: Stack
    holding: Holding
    is_entry: bool
    bound: str


def gather(before: Before, calls: int, rates: Dict[str, float], state_of: Name) -> Evidence:
    """After `calls` repetitions since `before`. `rates` has the types that grew steadily, with their objects per call.

    `state_of(type, path, fingerprint, file that made it)` says why a place is no leak. Keeps nothing of the program.
    """
    with Turn() as turn:
        survivors = Survivors(turn, before)
        try:
            search = PathSearch(turn, Bounds(_SECONDS, _NODES))
            groups = _grown_containers(turn, survivors, search, calls)
            groups += _unexplained(_heads(turn, survivors, search, calls, rates), groups, calls, rates)
            if not groups:
                groups = _unheld(turn, survivors, search, calls, rates)
            found = len(survivors.objects) / max(1, calls)
            return Evidence(_places(groups, calls, state_of), found, tuple(_resources(survivors.objects)))
        finally:
            survivors.drop()


def _grown_containers(turn: Turn, survivors: Survivors, search: PathSearch, calls: int) -> List[_Group]:
    """Old containers with half an entry per call more, or more than that; the longest growth first."""
    groups: List[_Group] = []
    order = sorted(range(len(survivors.grown)), key=lambda at: -survivors.growth[at])
    for at in order[:_MOST_SEARCHES]:
        if survivors.growth[at] < _least(calls):
            break
        container = survivors.grown[at]
        heads = [head for head, holder in zip(survivors.heads, survivors.holders) if holder is container]
        turn.own(heads)
        newest = last_of(container)
        turn.own(newest)
        shown = heads[-1:] or list(newest[:1])
        turn.own(shown)
        stack = next((stack for stack in [stack_of(one) for one in (*shown, *newest)] if stack), ())
        kind = type_name(type(shown[0])) if shown else "entries"
        below = survivors.below(heads)
        groups.append(_Group(kind, survivors.growth[at], below, stack, search.holding([container], False), True, bound_of(container)))
        del heads[:], shown[:], newest, container
    return groups


def _heads(turn: Turn, survivors: Survivors, search: PathSearch, calls: int, rates: Dict[str, float]) -> List[_Group]:
    """New objects by type and holder, without entries of the containers named above. Many containers that each grow slowly are one place."""
    grown = {id(container) for container, growth in zip(survivors.grown, survivors.growth) if growth >= _least(calls)}
    by_key: Dict[Tuple[str, str], List[int]] = {}
    for at, holder in enumerate(survivors.holders):
        if id(holder) not in grown:
            by_key.setdefault((type_name(type(survivors.heads[at])), type_name(type(holder))), []).append(at)
    groups: List[_Group] = []
    for (kind, _), numbers in sorted(by_key.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_SEARCHES]:
        heads = [survivors.heads[at] for at in numbers]
        turn.own(heads)
        below = survivors.below(heads)
        # Of a chain only the first is held from outside, and the others hang on it.
        alike = below.get(kind, 0) if kind in rates or not rates else 0
        if alike >= _least(calls, rates.get(kind)):
            holding = search.holding([heads[-1]], False)
            if holding.status != GARBAGE:
                groups.append(_Group(kind, alike, below, stack_of(heads[-1]), holding, False, bound_of(survivors.holders[numbers[-1]])))
        del heads[:]
    return groups


def _unexplained(heads: List[_Group], others: Sequence[_Group], calls: int, rates: Dict[str, float]) -> List[_Group]:
    """Without those whose objects hang on another place: a new object at the address of a dead one looks old, and so do its holders."""
    kept: List[_Group] = []
    for group in sorted(heads, key=lambda one: one.holding.status == UNSEEN):
        elsewhere = sum([other.below.get(group.type, 0) for other in (*others, *kept)])
        if elsewhere < max(1.0, 0.75 * calls * rates.get(group.type, 1.0)):
            kept.append(group)
    return kept


def _unheld(turn: Turn, survivors: Survivors, search: PathSearch, calls: int, rates: Dict[str, float]) -> List[_Group]:
    """Only what the collector does not see holds them; of each type that grew one is shown, first of those that nothing new refers to."""
    alone = survivors.unheld()
    turn.own(alone)
    below = {id(target) for thing in alone for target in referents(thing) if target is not thing}
    first = [thing for thing in alone if id(thing) not in below]
    turn.own(first)
    groups: List[_Group] = []
    for several in (first, alone):
        if groups:
            break
        for kind in sorted(rates, key=lambda name: -rates[name])[:_MOST_SEARCHES]:
            alike = [one for one in several if type_name(type(one)) == kind]
            turn.own(alike)
            groups += _alike_unheld(survivors, search, kind, alike, calls, rates[kind])
            del alike[:]
    del alone[:], first[:]
    return groups


def _alike_unheld(survivors: Survivors, search: PathSearch, kind: str, alike: List[Any], calls: int, rate: float) -> List[_Group]:
    if len(alike) < _least(calls, rate):
        return []
    holding = search.holding([alike[-1]], False)
    if holding.status == GARBAGE:
        return []
    return [_Group(kind, len(alike), survivors.below(alike), stack_of(alike[-1]), holding, False, "")]


def _least(calls: int, rate: Optional[float] = None) -> float:
    return max(1.0, calls * 0.5 * min(1.0, rate or 1.0))


def _places(groups: Sequence[_Group], calls: int, state_of: Name) -> Tuple[LeakPlace, ...]:
    # What a weak reference or a weak set keeps is a shadow of the object that something else holds.
    strong = [group for group in groups if group.type not in _WEAK]
    places: Dict[str, LeakPlace] = {}
    for group in strong or groups:
        held_by = str(group.holding)
        pattern = group.holding.pattern + (" [x] " + group.type if group.is_entry else "")
        file = short_file(group.made[0][0]).replace(os.sep, "/") if group.made else ""
        name = fingerprint([group.type, pattern, file])
        state = "test state: " + group.bound if group.bound else state_of(group.type, held_by, name, file)
        if name not in places and not group.holding.root.startswith("module heaptrail"):
            places[name] = LeakPlace(
                group.type, group.number / calls, max(group.number, sum(group.below.values())) / calls, texts(group.made), held_by, name, state)
    return tuple(sorted(places.values(), key=lambda place: (-place.objects, place.type, place.held_by)))


def _resources(objects: Sequence[Any]) -> List[str]:
    """New threads that run, and tasks that are not done."""
    from .resources import left_behind

    return left_behind(objects)
