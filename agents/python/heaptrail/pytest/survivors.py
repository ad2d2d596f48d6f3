"""What a few repetitions have left behind: the objects, and the old containers that became longer."""

from __future__ import annotations

import gc
from collections import deque
from functools import lru_cache
from itertools import compress, repeat
from operator import is_, is_not, not_, sub
from types import MethodType
from typing import Any, Dict, Iterator, List, Optional, Set, Tuple

from ..graph.class_facts import DICT_SUBCLASS, LIST_SUBCLASS, flags_of, is_kind, mro_of
from ..graph.referents import asyncio_module, referents
from ..graph.turn import Turn
from ..tracking.type_name import type_name
from .collecting import collect, older_collections, young_addresses

_MOST_SURVIVORS = 20_000
_AT_ONCE = 256
_OF_CALLS: Tuple[Any, ...] = (tuple, MethodType)
_LRU_CACHE: Any = type(lru_cache(maxsize=1)(len))
_LENGTHS: Tuple[Any, ...] = (dict.__len__, list.__len__, set.__len__, deque.__len__)


class Before:
    """Addresses of all objects, and lengths of all containers, before the repetitions. Numbers only."""

    def __init__(self) -> None:
        collect()
        self._older_collections = older_collections()
        objects = gc.get_objects()
        self.known: Set[int] = set(map(id, objects))
        self.lengths: Dict[int, int] = {}
        for containers, lengths in (*containers_of(objects), *containers_of(unlisted_dicts(objects))):
            self.lengths.update(zip(map(id, containers), lengths))

    def forget_reused(self) -> None:
        """Without the addresses of dead objects that new ones have now, as far as the collector tells new from old.

        To be called before the collection that ends the repetitions. Otherwise what is kept at such an address looks
        old: it is not counted, and what hangs on it looks as if an old object held it, one leak like two.
        """
        young = young_addresses(self._older_collections)
        if young is not None:
            # Only what was listed: a dict that a collection has stopped listing is young again once it is listed.
            reused = young & self.known
            self.known -= reused
            for address in reused.intersection(self.lengths):
                del self.lengths[address]


class Survivors:
    """Made after the repetitions; `turn` knows its lists as heaptrail's. Drop it in the same turn.

    `objects`  all that are new and alive. `grown` are old containers that became longer, by `growth[i]`
    `heads`    those of `objects` that an old object refers to: `holders[i]` has `heads[i]`. The others hang on them
    """

    def __init__(self, turn: Turn, before: Before) -> None:
        self.objects: List[Any] = []
        self.grown: List[Any] = []
        self.growth: List[int] = []
        self.heads: List[Any] = []
        self.holders: List[Any] = []
        for mine in (before.known, before.lengths, before.__dict__, self.__dict__, turn.__dict__, self.objects, self.grown, self.growth, self.heads, self.holders):
            turn.own(mine)
        before.forget_reused()
        collect()
        everything = gc.get_objects()
        turn.own(everything)
        unlisted = unlisted_dicts(everything)
        turn.own(unlisted)
        is_new = map(not_, map(before.known.__contains__, map(id, everything)))
        for thing in compress(everything, is_new):
            if len(self.objects) < _MOST_SURVIVORS and not turn.mine(thing) and not _is_of_a_call(turn, thing):
                self.objects.append(thing)
        for several in (everything, unlisted):
            self._note_grown(turn, several, before)
        del everything[:], unlisted[:]
        self._by_id: Dict[int, int] = {id(thing): at for at, thing in enumerate(self.objects)}
        turn.own(self._by_id)
        self._find_heads(turn)

    def _note_grown(self, turn: Turn, objects: List[Any], before: Before) -> None:
        for containers, lengths in containers_of(objects):
            turn.own(containers)
            were = map(before.lengths.get, map(id, containers), lengths)
            more = list(map(sub, lengths, were))
            for at in [at for at, growth in enumerate(more) if growth > 0]:
                if not turn.mine(containers[at]):
                    self.grown.append(containers[at])
                    self.growth.append(more[at])
            del containers[:]

    def _find_heads(self, turn: Turn) -> None:
        if not self.objects:
            return
        # CPython 3.13 lists the tuple of its arguments, too, as a holder of all of them. An exact tuple is passed as it is.
        asked = tuple(self.objects)
        turn.own(asked)
        outside = gc.get_referrers(*asked)
        turn.own(outside)
        seen: Set[int] = set()
        grown = {id(thing) for thing in self.grown}
        # Containers that grew come first: of several holders they are the ones that keep it.
        outside.sort(key=lambda holder: id(holder) not in grown)
        for holder in outside:
            if id(holder) in self._by_id or turn.mine(holder):
                continue
            for target in referents(holder):
                if id(target) in self._by_id and id(target) not in seen:
                    seen.add(id(target))
                    self.heads.append(target)
                    self.holders.append(holder)
        del outside[:]
        turn.disown(asked)

    def below(self, things: List[Any]) -> Dict[str, int]:
        """The new objects that can be reached from these, with them, through new objects alone: how many of each type."""
        seen: Set[int] = {id(thing) for thing in things if id(thing) in self._by_id}
        waiting = [self._by_id[address] for address in seen]
        numbers: Dict[int, int] = {}
        kinds: Dict[int, type] = {}
        while waiting:
            thing = self.objects[waiting.pop()]
            kinds[id(type(thing))] = type(thing)
            numbers[id(type(thing))] = numbers.get(id(type(thing)), 0) + 1
            for target in referents(thing):
                address = id(target)
                if address in self._by_id and address not in seen:
                    seen.add(address)
                    waiting.append(self._by_id[address])
        sums: Dict[str, int] = {}
        for address, number in numbers.items():
            name = type_name(kinds[address])
            sums[name] = sums.get(name, 0) + number
        return sums

    def unheld(self) -> List[Any]:
        """New objects that no head leads to: held by what the collector does not see."""
        reached: Set[int] = {id(thing) for thing in self.heads}
        waiting = [self._by_id[address] for address in reached]
        while waiting:
            for target in referents(self.objects[waiting.pop()]):
                if id(target) in self._by_id and id(target) not in reached:
                    reached.add(id(target))
                    waiting.append(self._by_id[id(target)])
        return [thing for thing in self.objects if id(thing) not in reached]

    def drop(self) -> None:
        """Lets go of everything."""
        for kept in (self.objects, self.grown, self.growth, self.heads, self.holders):
            del kept[:]


def _is_of_a_call(turn: Turn, thing: Any) -> bool:
    """The arguments of a call that looks for survivors, or a method of heaptrail's that waits for the end of a block."""
    return type(thing) in _OF_CALLS and any(map(turn.mine, gc.get_referents(thing)))


def unlisted_dicts(objects: List[Any]) -> List[Any]:
    """Dicts that hold only texts and numbers: the collector does not list them, but objects that it lists refer to them."""
    asked = list(compress(objects, map(is_not, objects, repeat(asyncio_module()))))  # see referents
    found: Dict[int, Any] = {}
    for start in range(0, len(asked), _AT_ONCE):
        targets = gc.get_referents(*asked[start : start + _AT_ONCE])
        dicts = list(compress(targets, map(is_, map(type, targets), repeat(dict))))
        for thing in compress(dicts, map(not_, map(gc.is_tracked, dicts))):
            found[id(thing)] = thing
    return list(found.values())


def containers_of(objects: List[Any]) -> List[Tuple[List[Any], List[int]]]:
    """Lists, dicts, sets and deques, subclasses too, with their lengths, without a `__len__` that a subclass may have.

    A type whose metaclass is `type` can be in a set: nobody has given it a hash of its own. Others are looked at one by
    one. No number is made for each object: while tracemalloc traces, that costs more than all the rest.
    """
    types = list(map(type, objects))
    is_plain = list(map(is_, map(type, types), repeat(type)))
    plain, plain_types = list(compress(objects, is_plain)), list(compress(types, is_plain))
    kinds: Dict[int, Set[type]] = {}
    for kind in set(plain_types):
        number = _number_of(kind)
        if number is not None:
            kinds.setdefault(number, set()).add(kind)
    found = [(list(compress(plain, map(kinds[number].__contains__, plain_types))), number) for number in sorted(kinds)]
    for thing in compress(objects, map(not_, is_plain)):
        number = _number_of(type(thing))
        if number is not None:
            found.append(([thing], number))
    return [(containers, list(map(_LENGTHS[number], containers))) for containers, number in found]


def _number_of(kind: type) -> Optional[int]:
    flags = flags_of(kind)
    if flags & DICT_SUBCLASS:
        return 0
    if flags & LIST_SUBCLASS:
        return 1
    for owner in mro_of(kind):
        if owner is set:
            return 2
        if owner is deque:
            return 3
    return None


def last_of(thing: Any) -> Tuple[Any, ...]:
    """The newest entry (of a dict its value and key); empty where no order says which it is."""
    flags = flags_of(type(thing))
    if flags & DICT_SUBCLASS:
        found: Iterator[Tuple[Any, Any]] = iter(list(dict.items(thing))[-1:])
        return next(((value, key) for key, value in found), ())
    if flags & LIST_SUBCLASS:
        return (list.__getitem__(thing, -1),) if list.__len__(thing) else ()
    if is_kind(thing, set):
        return tuple([one for one in list(set.__iter__(thing))[-1:]])
    return (deque.__getitem__(thing, -1),) if deque.__len__(thing) else ()


def bound_of(holder: Any) -> str:
    """`a cache with a bound of 128` for an lru_cache or a deque that cannot grow beyond it; else an empty text."""
    if type(holder) is _LRU_CACHE:
        most = _LRU_CACHE.cache_info(holder).maxsize
        return "" if most is None else "a cache with a bound of %d" % most
    if type(holder) is deque and holder.maxlen is not None:
        return "a deque with a bound of %d" % holder.maxlen
    return ""
