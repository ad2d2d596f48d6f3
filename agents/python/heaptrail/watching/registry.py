"""All that is watched in this process. Noting is meant to cost about a microsecond and a half, from any thread, without a lock."""

from __future__ import annotations

import _thread
import os
import sys
import time
from _weakref import getweakrefs
from collections import deque
from gc import is_tracked
from types import CodeType, FrameType
from typing import Any, Callable, Deque, Dict, Iterable, List, Optional, Tuple

from .contents import shares_contents, some_contents, some_keys
from .records import AddressRecord, Record, Site, WeakRecord

FRAMES = 8
MOST_WATCHED = 200_000
MOST_SITES = 20_000
_SETTLE_AT = 512

Note = Callable[[Any, Optional[str], Optional[float], int, FrameType, str, Any], None]


class Registry:
    """Records by id. `dropped` objects were not noted because so many are."""

    def __init__(self) -> None:
        self.weak: Dict[int, WeakRecord] = {}
        self.by_address: Dict[int, AddressRecord] = {}
        self.sites: Dict[Tuple[int, ...], Site] = {}
        # Weak references whose object is gone, put here by C code: nothing of ours runs when an object dies. And records by
        # address whose object has been found gone. They are booked under a lock: threads would lose sums of each other.
        self.dead: Deque[Record] = deque()
        self.dropped = 0
        self._lock = _thread.allocate_lock()
        self.note = _noting(self)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._in_child)

    def settle(self) -> None:
        """Books what has gone. Does nothing while another thread, or a finalizer under us, does the same."""
        if not self._lock.acquire(False):
            return
        try:
            while self.dead:
                record = self.dead.popleft()
                if type(record) is AddressRecord or self.weak.pop(id(record), None) is not None:
                    record.site.gone += record.weight
                    record.site.gone_noted += 1
        finally:
            self._lock.release()

    def find(self, thing: object) -> Optional[Record]:
        """The record of an object, if it has one. By address: of one of its class, perhaps of its predecessor there."""
        for reference in getweakrefs(thing):
            if type(reference) is WeakRecord and id(reference) in self.weak:
                return reference
        record = self.by_address.get(id(thing))
        return record if record is not None and record.site.kind() is type(thing) else None

    def find_same(self, thing: object) -> Optional[Record]:
        """As `find`, but by address only where the contents say that it is the same."""
        record = self.find(thing)
        return record if type(record) is not AddressRecord or shares_contents(thing, record.contents, record.keys) else None

    def forget(self, record: Record) -> None:
        """As if it had never been noted, but in the counts of its site."""
        if type(record) is AddressRecord:
            self.by_address.pop(record.address, None)
        else:
            self.weak.pop(id(record), None)
        record.site.gone += record.weight
        record.site.gone_noted += 1

    def forget_gone(self, gone: Iterable[AddressRecord]) -> None:
        """Books objects that were noted by address and are not there any more, unless another was noted there meanwhile."""
        for record in gone:
            known = self.by_address.pop(record.address, None)
            if known is record:
                self.dead.append(record)
            elif known is not None:
                self.by_address.setdefault(record.address, known)

    def renew(self, record: AddressRecord) -> AddressRecord:
        """A record as of now of the same object: what is younger than it is another one."""
        renewed = AddressRecord()
        for name in AddressRecord.__slots__:
            setattr(renewed, name, getattr(record, name))
        self.by_address[record.address] = renewed
        return renewed

    def records(self) -> List[Record]:
        """All of this moment, the oldest first; the objects of some may be gone."""
        self.settle()
        found: List[Record] = list(self.weak.values())
        found.extend(list(self.by_address.values()))
        return found

    def reset(self) -> None:
        """Forgets all."""
        self.weak.clear()
        self.by_address.clear()
        self.sites.clear()
        self.dead.clear()
        self.dropped = 0

    def site_of(self, key: Tuple[int, ...], thing: object, frame: Optional[FrameType], how: str, tracked: Any) -> Site:
        """A site for a stack that is new, or whose class is. Those beyond the limit share one without a stack."""
        codes: List[Tuple[CodeType, int]] = []
        if len(self.sites) >= MOST_SITES:
            key, frame = (key[0],), None
            known = self.sites.get(key)
            if known is not None and known.kind() is type(thing):
                return known
        while frame is not None and len(codes) < FRAMES:
            codes.append((frame.f_code, frame.f_lineno or 0))
            frame = frame.f_back
        site = self.sites[key] = Site(type(thing), how, tuple(codes), tracked)
        return site

    def note_by_address(self, thing: object, site: Site, label: Optional[str], lifetime: Optional[float], weight: int) -> None:
        """For an object without weak references. One that was noted at the same address before is gone, if it was not the same."""
        address = id(thing)
        former = self.by_address.pop(address, None)
        if former is None and len(self.by_address) >= MOST_WATCHED:
            self.drop(site, weight)
            return
        if former is not None:
            self.dead.append(former)
            if len(self.dead) >= _SETTLE_AT:
                self.settle()
        record = AddressRecord()
        record.address = address
        record.is_listed = is_tracked(thing)
        # What is just being made has nothing in it yet.
        record.contents = some_contents(thing) if site.tracked is None else ()
        record.keys = some_keys(thing) if record.contents else ()
        record.site = site
        record.born = time.monotonic()
        record.label = label
        record.lifetime = lifetime
        record.weight = weight
        record.told = False
        self.by_address[address] = record

    def drop(self, site: Site, weight: int) -> None:
        """There is no room for one more."""
        self.dropped += weight
        site.gone += weight

    def _in_child(self) -> None:
        self._lock = _thread.allocate_lock()  # a thread that did not come along may have held it


def _noting(registry: Registry) -> Note:
    """The one function that must be fast. It keeps what it needs in variables of its own."""
    weak, by_address, dead, sites = registry.weak, registry.by_address, registry.dead, registry.sites
    on_death, monotonic, depth, note_by_address = dead.append, time.monotonic, (None,) * FRAMES, registry.note_by_address
    is_shallow = False

    def note(thing: Any, label: Optional[str], lifetime: Optional[float], weight: int, frame: FrameType, how: str, tracked: Any) -> None:
        nonlocal is_shallow
        at: Any = frame
        kind = type(thing)
        key: Any = None
        if not is_shallow:
            # Written out, this takes two thirds of the time of the loop below; where the stack ends earlier, more.
            try:
                a = at.f_back
                b = a.f_back
                c = b.f_back
                d = c.f_back
                e = d.f_back
                f = e.f_back
                g = f.f_back
                key = (
                    id(kind), id(at.f_code), at.f_lasti, id(a.f_code), a.f_lasti, id(b.f_code), b.f_lasti, id(c.f_code), c.f_lasti,
                    id(d.f_code), d.f_lasti, id(e.f_code), e.f_lasti, id(f.f_code), f.f_lasti, id(g.f_code), g.f_lasti)
            except AttributeError:
                is_shallow = True
        if key is None:
            parts = [id(kind)]
            put = parts.append
            for _ in depth:
                put(id(at.f_code))
                put(at.f_lasti)
                at = at.f_back
                if at is None:
                    break
            else:
                is_shallow = False
            key = tuple(parts)
        site = sites.get(key)
        if site is None or site.kind() is not kind:
            site = registry.site_of(key, thing, frame, how, tracked)
        if site.is_by_address:
            note_by_address(thing, site, label, lifetime, weight)
            return
        if len(weak) >= MOST_WATCHED:
            registry.drop(site, weight)
            return
        try:
            record = WeakRecord(thing, on_death)
        except TypeError:
            site.is_by_address = True
            note_by_address(thing, site, label, lifetime, weight)
            return
        record.site = site
        record.born = monotonic()
        record.label = label
        record.lifetime = lifetime
        record.weight = weight
        record.told = False
        weak[id(record)] = record
        if len(dead) >= _SETTLE_AT:
            registry.settle()

    return note


registry = Registry()
calling = sys._getframe
