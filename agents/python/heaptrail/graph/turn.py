"""One look at the heap at a time, for each sees the lists of the other as holders of the program's objects."""

from __future__ import annotations

import os
import threading
from types import FrameType, TracebackType
from typing import Dict, List, Optional, Set, Type

from .class_facts import module_of
from .places import is_own_code

_OWN_MODULES = "heaptrail."
_lock = threading.RLock()
_own_ids: Set[int] = set()
_own_ids.add(id(_own_ids))  # it grows in each turn


class Turn:
    """A context in which this thread alone looks at the heap; `mine` tells heaptrail's own containers from the program's."""

    def __init__(self) -> None:
        self._owned: List[object] = []

    def __enter__(self) -> Turn:
        _lock.acquire()
        _own_ids.add(id(self._owned))  # a list as any other: otherwise it looks like one of the program's, held by native code
        return self

    def __exit__(self, _kind: Optional[Type[BaseException]], _error: Optional[BaseException], _trace: Optional[TracebackType]) -> None:
        for container in self._owned:
            _own_ids.discard(id(container))
        _own_ids.discard(id(self._owned))
        del self._owned[:]
        _lock.release()

    def own(self, container: object) -> None:
        """Until the end of the turn `container` is no holder of anything."""
        self._owned.append(container)
        _own_ids.add(id(container))

    def disown(self, container: object) -> None:
        """Before the turn ends: the container may go."""
        for at in range(len(self._owned) - 1, -1, -1):
            if self._owned[at] is container:
                del self._owned[at]
        _own_ids.discard(id(container))

    def mine(self, thing: object) -> bool:
        """One of the containers, or an object or a frame of heaptrail's."""
        if id(thing) in _own_ids or is_own_kind(type(thing)):
            return True
        return type(thing) is FrameType and is_own_code(thing.f_code)

    def references(self, but: object) -> Dict[int, int]:
        """How often each object is in one of the containers, `but` one."""
        found: Dict[int, int] = {}
        for container in self._owned:
            if container is but:
                continue
            if type(container) is list or type(container) is tuple or type(container) is dict:
                for thing in container.values() if type(container) is dict else container:
                    found[id(thing)] = found.get(id(thing), 0) + 1
        return found


def is_own_kind(kind: type) -> bool:
    """A class of this package."""
    return module_of(kind).startswith(_OWN_MODULES)


def _in_child() -> None:
    global _lock
    _lock = threading.RLock()  # a thread that did not come along may have held it
    _own_ids.clear()
    _own_ids.add(id(_own_ids))


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
