"""Which objects have been met, and which are to be looked at next."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable, List, Sequence, Set


class Frontier:
    """A breadth-first frontier. Objects are known by their address alone: nothing of theirs is called."""

    def __init__(self) -> None:
        self._seen: "Set[int]" = set()
        self._next: "List[object]" = []
        #: Objects of the walker itself that the graph may lead to: written at the end, without references.
        self.opaque: "List[object]" = []

    def start(self, objects: "List[object]") -> None:
        """The first level, each object once."""
        self._seen.update(map(id, objects))
        self._next = objects

    def leave_out(self, things: "Iterable[object]") -> None:
        """After `start`: what the collector listed all the same is an object like others."""
        self.opaque.extend([thing for thing in things if id(thing) not in self._seen])
        self._seen.update(map(id, self.opaque))

    def meet(self, targets: "Sequence[object]") -> None:
        met = dict(zip(map(id, targets), targets))
        # `met.keys() - seen` would go through all that was seen, before 3.10.
        fresh = set(met).difference(self._seen)
        if fresh:
            self._seen |= fresh
            self._next.extend(map(met.__getitem__, fresh))

    def next_level(self) -> "List[object]":
        level, self._next = self._next, []
        return level

    def knows(self, address: int) -> bool:
        return address in self._seen

    def knows_all(self, addresses: "List[int]") -> bool:
        return self._seen.issuperset(addresses)
