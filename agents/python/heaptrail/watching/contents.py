"""What is in an object: evidence that the object at an address is still the same."""

from __future__ import annotations

import gc
from itertools import islice
from types import ModuleType
from typing import Any, Sequence, Tuple

from ..graph.class_facts import DICT_SUBCLASS, LIST_SUBCLASS, TUPLE_SUBCLASS, flags_of, is_class, is_kind

_MOST = 8
_MOST_KEYS = 4
_is_tracked, _referents = gc.is_tracked, gc.get_referents


def some_contents(thing: Any) -> Tuple[int, ...]:
    """Ids of some of the first objects in `thing` that hardly anything else would hold too; often none."""
    kind = type(thing)
    if kind is list or kind is tuple:
        held = thing[:_MOST]
    elif kind is dict:
        held = list(islice(thing.values(), _MOST))
    else:
        held = _first_held(thing, flags_of(kind))
    found = [one for one in held if _is_tracked(one) and one is not kind]
    if not found:
        return ()
    return tuple([id(one) for one in found if not is_class(one) and not is_kind(one, ModuleType)])


def some_keys(thing: Any) -> Tuple[int, ...]:
    """Ids of the first keys of a dict; of anything else none. What is in a dict may lie where the contents of the one
    before lay, but its keys are mostly others."""
    if type(thing) is dict:
        return tuple(map(id, islice(thing, _MOST_KEYS)))
    return tuple(map(id, islice(dict.keys(thing), _MOST_KEYS))) if flags_of(type(thing)) & DICT_SUBCLASS else ()


def shares_contents(thing: Any, noted: Tuple[int, ...], keys: Tuple[int, ...]) -> bool:
    """Whether something that was noted is in `thing` now, and of a dict one of its keys as well."""
    if not noted or not any([id(held) in noted for held in _referents(thing)]):
        return False
    return not keys or not set(keys).isdisjoint(map(id, list(dict.keys(thing))))


def _first_held(thing: Any, flags: int) -> Sequence[object]:
    if flags & LIST_SUBCLASS:
        return list.__getitem__(thing, slice(0, _MOST))
    if flags & TUPLE_SUBCLASS:
        return tuple.__getitem__(thing, slice(0, _MOST))
    if flags & DICT_SUBCLASS:
        return list(islice(dict.values(thing), _MOST))
    held = _referents(thing)
    return held if len(held) <= _MOST else held[:_MOST]
