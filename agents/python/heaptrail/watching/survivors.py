"""Which objects of some records are alive, with a way to get at them one at a time."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, NamedTuple, Set, Tuple

from ..graph.heap_columns import HeapColumns
from ..graph.reachability import ALIVE as REACHED
from ..graph.reachability import states
from ..graph.referents import is_frozen
from ..graph.turn import Turn
from ..graph.unexplained import COUNTS_REFERENCES
from .address_census import ALIVE, GONE, AddressCensus
from .records import AddressRecord, Record, WeakRecord
from .registry import registry

_MOST_OBJECTS = 5_000_000


class Survivor(NamedTuple):
    """A record whose object is alive or, by its address, perhaps."""

    record: Record
    status: str


class Survivors:
    """The survivors among `records`, the oldest first. Holds objects of records by address until `drop`.

    Nobody is told when an object dies that was noted by address: those that are not found are forgotten by the registry,
    also where they are in `others`, of which no more is asked. `gone` says how many these were.
    """

    def __init__(self, turn: Turn, records: Iterable[Record], others: Iterable[Record] = ()) -> None:
        found: List[Record] = list(records)
        self._turn = turn
        self.alive: List[Survivor] = []
        by_address = [record for record in found if type(record) is AddressRecord]
        noted = by_address + [record for record in others if type(record) is AddressRecord]
        for own in (found, self.alive, by_address, noted):
            turn.own(own)
        self._census = AddressCensus(turn, noted)
        gone = [record for record in noted if self._census.status(record) == GONE]
        self.gone = len(gone)
        self._census.keep_only(by_address)
        for record in found:
            if type(record) is AddressRecord:
                if self._census.status(record) != GONE:
                    self.alive.append(Survivor(record, self._census.status(record)))
            elif record() is not None:  # type: ignore[operator]
                self.alive.append(Survivor(record, ALIVE))
        self.alive.sort(key=lambda survivor: survivor.record.born)
        if not is_frozen():
            registry.forget_gone(gone)

    def box(self, survivor: Survivor) -> List[Any]:
        """The object in a list, so that no variable has it; an empty list when it has gone meanwhile."""
        record = survivor.record
        if isinstance(record, WeakRecord):
            boxed = [record()]
        else:
            # Taken out, for the search counts references.
            boxed = [self._census.objects.pop(record.address, None)]
        return boxed if boxed[0] is not None else []

    def unreachable(self) -> Tuple[Set[int], str]:
        """Addresses of all survivors that wait for the cyclic collector, by one look at the whole heap; or why that is not known."""
        if not COUNTS_REFERENCES:
            return set(), "reference counts of this build do not tell garbage"
        heap = HeapColumns(self._turn, self._census.objects)
        try:
            if len(heap) > _MOST_OBJECTS:
                return set(), "more than %d objects: garbage was not told from what is held" % _MOST_OBJECTS
            reached = states(heap)
            numbers: Dict[int, int] = heap.number_by_id
            addresses = self._addresses()
            return {address for address in addresses if address in numbers and reached[numbers[address]] != REACHED}, ""
        finally:
            heap.drop()

    def drop(self) -> None:
        """Lets go of everything."""
        self._census.drop()

    def _addresses(self) -> List[int]:
        found = []
        for survivor in self.alive:
            record = survivor.record
            found.append(record.address if isinstance(record, AddressRecord) else id(record()))
        return found
