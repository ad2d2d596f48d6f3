"""Watching single objects."""

from __future__ import annotations

import time
from _weakref import getweakrefs
from types import FrameType
from typing import Optional, TypeVar

from .registry import calling, registry
from .records import WATCHED, AddressRecord, Record

Watchable = TypeVar("Watchable")

_note, _by_address = registry.note, registry.by_address


def watch(obj: Watchable, label: Optional[str] = None) -> Watchable:
    """Notes `obj` with the stack of the caller, and returns it. It should be gone when `check_leaks` is called next.

    Never keeps it alive. Watching it again renews its label. An object that cannot be referred to weakly (a list, a
    dict, an instance with `__slots__`) is noted by its address, and `check_leaks` may have to say that it cannot tell.
    """
    known = _known(obj, calling(1)) if getweakrefs(obj) or id(obj) in _by_address else None
    if known is None:
        _note(obj, label if label is None else _plain(label), 0.0, 1, calling(1), WATCHED, None)
        return obj
    if label is not None:
        known.label = _plain(label)
    if known.lifetime is None:
        known.lifetime = time.monotonic() - known.born
    return obj


def expect_gone(obj: object, within: float = 5.0, label: Optional[str] = None) -> None:
    """Says that `obj` should be gone `within` seconds from now; `check_leaks` and the monitor tell when it is not.

    Raises ValueError for a negative time.
    """
    if not within >= 0:
        raise ValueError("within must be a number of seconds from 0 on, not %r" % (within,))
    known = _known(obj, calling(1)) if getweakrefs(obj) or id(obj) in _by_address else None
    if known is None:
        _note(obj, label if label is None else _plain(label), float(within), 1, calling(1), WATCHED, None)
        return
    known.lifetime = time.monotonic() - known.born + within
    known.told = False
    if label is not None:
        known.label = _plain(label)


def unwatch(obj: object) -> bool:
    """Forgets `obj`; False when it was not watched."""
    known = registry.find(obj)
    if known is None:
        return False
    registry.forget(known)
    return True


def _known(obj: object, frame: FrameType) -> Optional[Record]:
    """The record of an object that is watched. By address: one that the same line watches again is taken for the next that
    it has made, in the place of the one before, however alike they are."""
    known = registry.find_same(obj)
    if type(known) is not AddressRecord:
        return known
    code, line = known.site.codes[0] if known.site.codes else (None, 0)
    return None if code is frame.f_code and line == frame.f_lineno else registry.renew(known)


def _plain(label: object) -> str:
    """A label without anything of the program's in it."""
    if type(label) is str:
        return label
    return str.__str__(label) if issubclass(type(label), str) else "?"
