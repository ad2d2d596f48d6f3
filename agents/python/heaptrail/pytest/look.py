"""A cheap look at all that is alive: enough to see that nothing grew, not what did."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections import deque
from itertools import compress, repeat
from operator import is_
from typing import Any, List, NamedTuple, Tuple

from ..tracking.growth.type_cache import type_cache_clearer

_MOST_COLLECTIONS = 3
_LONGEST_WAIT_S = 0.3
_CONTAINERS: Tuple[type, ...] = (list, dict, set, deque)
_clear_type_cache = type_cache_clearer()


class Look(NamedTuple):
    """Counts of one moment, after a full collection.

    `blocks` of Python's allocator, one or more for each object, also such that the collector does not list; `objects`
    that it lists; entries of all containers of each kind; `threads` that run; open `descriptors` (files, sockets,
    pipes), -1 where nobody says.
    """

    blocks: int
    objects: int
    lists: int
    dicts: int
    sets: int
    deques: int
    threads: int
    descriptors: int


def take_look() -> Look:
    """Collects, then counts: about 0.1 us and a collection's 0.1 us for each object.

    Only a full collection empties the free lists: otherwise a text that is kept takes the place of a block that lay
    there, and the sum stays the same.
    """
    _clear_type_cache()
    collect()
    blocks = sys.getallocatedblocks()
    objects = gc.get_objects()
    types = list(map(type, objects))
    entries = [sum(map(len, _of_type(objects, types, container))) for container in _CONTAINERS]
    return Look(blocks, len(objects), entries[0], entries[1], entries[2], entries[3], threads(), descriptors())


def _of_type(objects: List[Any], types: List[type], container: type) -> Any:
    return compress(objects, map(is_, types, repeat(container)))


def collect() -> None:
    """Objects that a finalizer leaves behind need another collection."""
    for _ in range(_MOST_COLLECTIONS):
        if gc.collect() == 0:
            break


def threads() -> int:
    """Threads that run Python, and that `threading` knows."""
    return threading.active_count()


def descriptors() -> int:
    """Open files, sockets and pipes; -1 where the system does not say."""
    try:
        return len(os.listdir("/proc/self/fd")) - 1
    except OSError:
        return -1


def wait_until_settled(before: Look) -> None:
    """Threads that are about to end, and sockets that they close, get a moment; nothing is waited for where none are more."""
    pause, waited = 0.001, 0.0
    while waited < _LONGEST_WAIT_S and (threads() > before.threads or descriptors() > before.descriptors):
        time.sleep(pause)
        waited += pause
        pause = min(0.05, pause * 2)


def is_quiet(before: Look, after: Look, calls: int, allowed: float) -> bool:
    """Nothing has grown, or shrunk and so hidden a growth, by half an object per call or more, beyond what is `allowed`."""
    most = calls * (0.5 + allowed)
    for name, start, end in zip(Look._fields, before, after):
        shrinks = end - start <= -calls * 0.5 and name not in ("threads", "descriptors")
        if end - start >= most or shrinks:
            return False
    return True
