"""How many objects of each type are alive, and how many entries the containers have.

Only C functions see the objects: `type`, `id`, and `len` of exact built-in containers. Nothing of the program runs,
and the sums are handed on as bytes, so that counting adds nothing that the next census would count.
"""

from __future__ import annotations

import gc
import marshal
from collections import Counter, deque
from functools import lru_cache
from itertools import compress, repeat
from operator import is_, is_not
from typing import Any, Dict, Iterator, List, Tuple

from ..type_name import type_name

_PIECE = 256
_OWN_MODULES = "heaptrail."
_CONTAINERS: Tuple[type, ...] = (list, dict, set, deque)
_LRU_CACHE: Any = type(lru_cache(maxsize=1)(len))


class Census:
    """Counts of one moment: `counts` is a marshalled dict of type name to number, `filling` of a name to (size, bound)."""

    __slots__ = ("counts", "filling")

    def __init__(self, counts: bytes, filling: bytes) -> None:
        self.counts, self.filling = counts, filling


def take_census() -> Census:
    """Counts now. About 0.2 us an object that the collector tracks; raises MemoryError."""
    objects = gc.get_objects()
    types = list(map(type, objects))
    counts: Dict[str, int] = {}
    for of, number in _count_types(types):
        name = type_name(of)
        if name.startswith(_OWN_MODULES):
            continue  # what watches the program's objects grows with them
        counts[name] = counts.get(name, 0) + number
    for container in _CONTAINERS:
        mine = compress(objects, map(is_, types, repeat(container)))
        counts["entries of " + type_name(container)] = sum(map(len, mine))
    return Census(marshal.dumps(counts), marshal.dumps(_filling(objects, types)))


def _count_types(types: List[type]) -> Iterator[Tuple[type, int]]:
    """Each type with its number.

    A type whose metaclass is `type` itself can be a key: nobody has given it a hash of its own. The few others are
    told apart by address. Counted in pieces, because the interpreter has the ints up to 256 already: any other would be
    a new object for each one counted, and tracemalloc traces them all.
    """
    metaclasses = list(map(type, types))
    plain = list(compress(types, map(is_, metaclasses, repeat(type))))
    sums: Dict[type, int] = {}
    for start in range(0, len(plain), _PIECE):
        for of, number in Counter(plain[start:start + _PIECE]).items():
            sums[of] = sums.get(of, 0) + number
    yield from sums.items()
    others = list(compress(types, map(is_not, metaclasses, repeat(type))))
    by_address = dict(zip(map(id, others), others))
    for address, number in Counter(map(id, others)).items():
        yield by_address[address], number


def _filling(objects: List[Any], types: List[type]) -> Dict[str, Tuple[int, int]]:
    """Size and bound of what has a bound and is not full: lru_cache and deque(maxlen)."""
    found: Dict[str, Tuple[int, int]] = {}
    for cache in compress(objects, map(is_, types, repeat(_LRU_CACHE))):
        info = _LRU_CACHE.cache_info(cache)
        if info.maxsize is not None and info.currsize < info.maxsize:
            found["the lru_cache of %s (%d)" % (_name(cache), id(cache))] = (info.currsize, info.maxsize)
    for queue in compress(objects, map(is_, types, repeat(deque))):
        if queue.maxlen is not None and len(queue) < queue.maxlen:
            found["a deque with maxlen=%d (%d)" % (queue.maxlen, id(queue))] = (len(queue), queue.maxlen)
    return found


def _name(cache: Any) -> str:
    for key in ("__qualname__", "__name__"):
        name = _LRU_CACHE.__dict__["__dict__"].__get__(cache).get(key)
        if type(name) is str:
            return name
    return "a function"
