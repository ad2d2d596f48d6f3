"""Collections before a count: of everything, or of no more than what came since the last one."""

from __future__ import annotations

import gc
import sys
from typing import Optional, Set

_MOST_COLLECTIONS = 3
_MOST_YOUNG = 32
# From 3.14 on a collection of the young ones also goes on with a part of the old ones.
_HAS_GENERATIONS = sys.implementation.name == "cpython" and sys.version_info < (3, 14)


_young_in_a_row = _MOST_YOUNG


def collect() -> None:
    """Objects that a finalizer leaves behind need another collection. Most garbage is young: where a collection of the
    young ones, which costs little, takes it all, one full collection is enough."""
    global _young_in_a_row
    gc.collect(1)
    for _ in range(_MOST_COLLECTIONS):
        if gc.collect() == 0:
            break
    _young_in_a_row = 0


def collect_young() -> bool:
    """Collects what came since the last collection; garbage that is older stays. Costs nothing for what is older.

    False, and nothing is collected, where that cannot be done: this CPython has no such generations, or objects are
    frozen (`gc.freeze`; CPython 3.12 always has some), which could not be restored.
    """
    global _young_in_a_row
    if not _HAS_GENERATIONS or gc.get_freeze_count():
        return False
    for _ in range(_MOST_COLLECTIONS):
        if gc.collect(1) == 0:
            break
    _empty_free_lists()
    _young_in_a_row += 1
    return True


def is_full_due() -> bool:
    """It is time for a full collection, lest old garbage gathers: the young ones put off those that come by themselves."""
    return _young_in_a_row >= _MOST_YOUNG


def older_collections() -> int:
    """How many collections there were that made objects old: all but those of the youngest generation."""
    return sum(generation["collections"] for generation in gc.get_stats()[1:])


def young_addresses(older: int) -> Optional[Set[int]]:
    """Addresses of all objects that came since a full collection, after which `older` was `older_collections()`.

    None where that is not known: something old was collected since then, or this CPython has no such generations.
    """
    if not _HAS_GENERATIONS:
        return None
    # The youngest first: a collection in between moves its objects into the next one, and not the other way.
    found: Set[int] = set()
    for generation in (0, 1):
        found.update(map(id, gc.get_objects(generation)))
    return found if older_collections() == older else None


def _empty_free_lists() -> None:
    """Only a full collection does it. This one has nothing to go through, and takes a few microseconds."""
    gc.freeze()
    try:
        gc.collect()
    finally:
        gc.unfreeze()  # into the oldest generation, where a full collection would have put them
