"""Which objects that were noted by address are still there."""

from __future__ import annotations

import gc
from array import array
from itertools import chain, filterfalse
from typing import Any, Dict, Iterable, List, Optional

from ..graph.attributes import Attributes
from ..graph.referents import asyncio_module
from ..graph.roots import Roots
from ..graph.turn import Turn, is_own_kind
from ..graph.unexplained import COUNTS_REFERENCES
from .ages import Ages
from .contents import shares_contents
from .records import AddressRecord

ALIVE, GONE, CANNOT_TELL = "alive", "gone", "cannot tell"


class AddressCensus:
    """Looks for the objects of records at their addresses, among all objects that the collector lists, what those refer
    to, and the variables of running functions. `objects` has what was found, until `drop`.

    An object of the class at the address may be another one, made there later. It is another one when it is younger than
    the record; a dict may only look younger, for the collector leaves dicts out and takes them in again. It is the same
    when some of what was in it still is, or when its class is tracked and every instance since was noted (none of them
    at this address). Else the answer is `cannot tell`. What is not found is gone, or held by C code alone.
    """

    def __init__(self, turn: Turn, records: List[AddressRecord]) -> None:
        self._turn = turn
        turn.own(records)
        # Without a global lock there are no generations.
        self._ages = Ages() if records and COUNTS_REFERENCES else None
        self._wanted = {record.address for record in records}
        self.objects: Dict[int, Any] = {}
        turn.own(self.objects)
        if self._wanted:
            self._look()
        self._statuses = {id(record): self._status(record) for record in records}

    def status(self, record: AddressRecord) -> str:
        """`alive`, `gone` or `cannot tell`."""
        return self._statuses[id(record)]

    def _status(self, record: AddressRecord) -> str:
        found = self.objects.get(record.address)
        if record.address not in self.objects or type(found) is not record.site.kind():
            return GONE
        sampler = record.site.tracked
        if sampler is not None and sampler.skipped == 0:
            return ALIVE
        if record.is_listed and self._ages is not None and self._ages.is_younger(found, record):
            return CANNOT_TELL if type(found) is dict and not _is_ours(found) else GONE
        return ALIVE if shares_contents(found, record.contents, record.keys) else CANNOT_TELL

    def keep_only(self, records: Iterable[AddressRecord]) -> None:
        """Lets go of the objects of all others."""
        wanted = {record.address for record in records}
        for address in [address for address in self.objects if address not in wanted]:
            del self.objects[address]

    def drop(self) -> None:
        """Lets go of the objects."""
        self.objects.clear()

    def _look(self) -> None:
        listed = gc.get_objects()
        self._turn.own(listed)
        self._take(listed)
        self._leave_out(listed, asyncio_module())
        if self._wanted:
            self._take_from(listed)
        if self._wanted:
            # Containers of nothing but atoms are not listed, and may themselves hold one.
            inner = list(filterfalse(gc.is_tracked, filter(_may_hold, chain.from_iterable(map(gc.get_referents, listed)))))
            self._turn.own(inner)
            self._take_from(inner)
            self._turn.disown(inner)
        if self._wanted:
            self._take(Roots(self._turn, Attributes()).values)
        del listed[:]  # our own containers are in it, and it is in one of them

    def _take_from(self, containers: List[object]) -> None:
        """Looks at addresses first, at the speed of C, and at objects only where there is something to find."""
        if not self._wanted.isdisjoint(array("Q", map(id, chain.from_iterable(map(gc.get_referents, containers))))):
            self._take(chain.from_iterable(map(gc.get_referents, containers)))

    def _take(self, things: Iterable[object]) -> None:
        wanted, objects, mine = self._wanted, self.objects, self._turn.mine
        for thing in things:
            if id(thing) in wanted and id(thing) not in objects and not mine(thing):
                objects[id(thing)] = thing
        wanted.difference_update(objects)

    def _leave_out(self, listed: List[object], thing: Optional[object]) -> None:
        addresses = array("Q", map(id, listed))
        if thing is not None and id(thing) in addresses:
            del listed[addresses.index(id(thing))]


def _is_ours(table: object) -> bool:
    """A dict of an object of heaptrail's, which came to lie where one of the program's has been."""
    return any([is_own_kind(type(one)) for one in gc.get_referrers(table)])


def _may_hold(thing: object) -> bool:
    return type(thing) is tuple or type(thing) is dict
