"""A cheap look at all that is alive: enough to see that nothing grew, not what did."""

from __future__ import annotations

import gc
import sys
from array import array
from collections import deque
from itertools import compress, repeat
from operator import is_
from typing import Optional, Tuple

from ..tracking.growth.type_cache import type_cache_clearer
from .collecting import collect, collect_young, older_collections
from .open_resources import descriptors, threads

_BLOCKS, _OBJECTS, _LISTS, _DICTS, _SETS, _DEQUES, _THREADS, _DESCRIPTORS, _OLDER_COLLECTIONS, _IS_FULL = range(10)
_CONTAINERS: Tuple[Tuple[int, type], ...] = ((_LISTS, list), (_DICTS, dict), (_SETS, set), (_DEQUES, deque))
_KINDS = frozenset(id(kind) for _, kind in _CONTAINERS)
_clear_type_cache = type_cache_clearer()


class Look:
    """Counts of one moment, after a collection; of a moment without anything, when made without `take_look`.

    Blocks of Python's allocator, one or more for each object, also such that the collector does not list; objects that
    it lists; entries of all containers of each kind; `threads` that run; open `descriptors` (files, sockets, pipes),
    -1 where nobody says. They lie in an array, so that all looks are of one size: an int is a block, too, and the
    looks that are alive are counted with all else.
    """

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts = array("q", bytes(10 * 8))

    @property
    def threads(self) -> int:
        """Threads that run Python."""
        return self.counts[_THREADS]

    @property
    def descriptors(self) -> int:
        """Open files, sockets and pipes."""
        return self.counts[_DESCRIPTORS]


    @property
    def is_full(self) -> bool:
        """Counted after a full collection."""
        return bool(self.counts[_IS_FULL])


def take_look() -> Look:
    """Collects, then counts: about 0.1 us and a collection's 0.2 us for each object.

    Only a full collection empties the free lists: otherwise a text that is kept takes the place of a block that lay
    there, and the sum stays the same.
    """
    _clear_type_cache()
    collect()
    return _count(True)


def take_young_look(before: Optional[Look] = None) -> Optional[Look]:
    """Counts as `take_look()` does, but collects only what is young: old garbage is counted too.

    It may be compared with `before`: while no old object is collected, old garbage is in both, and what has become
    garbage since then makes a count larger, not smaller. So where nothing has grown, nothing has. None where something
    old was collected since `before`, or where young and old cannot be told apart.
    """
    if before is not None and older_collections() != before.counts[_OLDER_COLLECTIONS]:
        return None
    _clear_type_cache()
    return _count(False) if collect_young() else None


def _count(is_full: bool) -> Look:
    look = Look()
    counts = look.counts
    counts[_OLDER_COLLECTIONS], counts[_IS_FULL] = older_collections(), is_full
    counts[_BLOCKS] = sys.getallocatedblocks()
    objects = gc.get_objects()
    counts[_OBJECTS] = len(objects)
    # By address, for a class may say what is equal to it.
    containers = list(compress(objects, map(_KINDS.__contains__, map(id, map(type, objects)))))
    types = list(map(type, containers))
    for at, kind in _CONTAINERS:
        counts[at] = sum(map(len, compress(containers, map(is_, types, repeat(kind)))))
    counts[_THREADS], counts[_DESCRIPTORS] = threads(), descriptors()
    return look


def is_quiet(before: Look, after: Look, calls: int, allowed: float) -> bool:
    """Nothing has grown, or shrunk and so hidden a growth, by half an object per call or more, beyond what is `allowed`."""
    most = calls * (0.5 + allowed)
    for at in range(_OLDER_COLLECTIONS):
        growth = after.counts[at] - before.counts[at]
        shrinks = growth <= -calls * 0.5 and at not in (_THREADS, _DESCRIPTORS)
        if growth >= most or shrinks:
            return False
    return True
