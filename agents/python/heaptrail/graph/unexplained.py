"""References that no object which the collector sees accounts for."""

from __future__ import annotations

import sys
from typing import Dict, List, Optional, Set

from .referents import referents

COUNTS_REFERENCES = "free-threading" not in sys.version


def first_unexplained(kept: List[object], own: Dict[int, int], explained: Set[int]) -> Optional[int]:
    """Position of the first object in `kept` with more references than the objects in `kept` and `kept` itself have.

    None when all are accounted for: then, if nothing else refers to any of them, all are garbage. `own` are references
    of heaptrail's by id; objects whose id is in `explained` do not count. The same subtraction as the collector's own. On builds without a global lock counts
    say too little, and the first object is the answer.
    """
    if not COUNTS_REFERENCES:
        return 0
    counts = reference_counts(kept)
    inside = {id(thing): own.get(id(thing), 0) for thing in kept}
    for thing in kept:
        for target in referents(thing):
            if id(target) in inside:
                inside[id(target)] += 1
    for at, thing in enumerate(kept):
        if counts[at] > inside[id(thing)] and id(thing) not in explained:
            return at
    return None


def reference_counts(kept: List[object]) -> List[int]:
    """References to each object, less the one that `kept` is, and those of the counting itself."""
    probe = object()
    kept.append(probe)
    counts = list(map(sys.getrefcount, kept))
    kept.pop()
    own = counts.pop() - 1  # the variable `probe` is no part of it
    return [count - own for count in counts]
