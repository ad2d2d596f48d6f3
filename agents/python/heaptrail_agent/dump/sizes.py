"""Shallow sizes, as `sys.getsizeof` gives them, without calling a `__sizeof__` that somebody wrote in Python."""

import sys

from .type_facts import TypeFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List

_GC_HEAD_BYTES = 16
_plain_size = object.__sizeof__


def sizes_of(facts: TypeFacts, objects: "List[object]") -> "List[int]":
    """Bytes of each object, all of one type."""
    if facts.sizes_itself:
        try:
            return list(map(sys.getsizeof, objects))
        except Exception:
            pass  # a C type that refuses: its basic size must do
    head = _GC_HEAD_BYTES if facts.has_gc else 0
    try:
        return [size + head for size in map(_plain_size, objects)]
    except Exception:
        return [facts.basic_bytes + head] * len(objects)
