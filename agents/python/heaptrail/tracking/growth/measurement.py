"""One measurement between two blocks of repetitions: what survives a full collection."""

from __future__ import annotations

import gc
import marshal
from typing import Any, Callable, Dict, List, Mapping, Sequence, Tuple, Union

from ..own_code import is_own
from ..snapshot import Amount, Snapshot, Stack, take_snapshot
from .census import Census, take_census
from .pace import BYTES, COUNTS, Kind, StageValues

# Objects that a finalizer leaves behind need another collection.
_MOST_COLLECTIONS = 4

# "blocks" or "bytes" of a stack, "objects" of a type.
Key = Tuple[str, Union[Stack, str]]


class Measurement:
    """Marshalled counts of one moment: bytes, so that keeping it adds nothing to the next one.

    `bounded` are the bounded things that are not full: name to (size, bound).
    """

    __slots__ = ("_stacks", "_census", "epoch")

    def __init__(self, stacks: bytes, census: Census, epoch: int) -> None:
        self._stacks, self._census, self.epoch = stacks, census, epoch

    def counts(self) -> Dict[Key, int]:
        """Blocks and bytes of each stack, live objects of each type, entries of all lists, dicts, sets and deques."""
        counts: Dict[Key, int] = {}
        for stack, (size, blocks) in marshal.loads(self._stacks).items():
            counts["blocks", stack] = blocks
            counts["bytes", stack] = size
        for name, number in marshal.loads(self._census.counts).items():
            counts["objects", name] = number
        return counts

    def bounded(self) -> Dict[str, Tuple[int, int]]:
        """See the class."""
        found: Dict[str, Tuple[int, int]] = marshal.loads(self._census.filling)
        return found


def measure(epoch: int, clear_type_cache: Callable[[], Any]) -> Measurement:
    """Collects what is garbage, then counts. Raises MemoryError."""
    clear_type_cache()
    for _ in range(_MOST_COLLECTIONS):
        if gc.collect() == 0:
            break
    census = take_census()
    return Measurement(marshal.dumps(_within(take_snapshot("growth", epoch))), census, epoch)


def _within(snapshot: Snapshot) -> Dict[Stack, Amount]:
    """The sums by stack, each up to where heaptrail has called the function: what called heaptrail does not matter."""
    sums: Dict[Stack, Amount] = {}
    for stack, (size, blocks) in snapshot.stacks.items():
        inner = next((at for at, frame in enumerate(stack) if is_own(frame[0])), len(stack))
        before = sums.get(stack[:inner], (0, 0))
        sums[stack[:inner]] = (before[0] + size, before[1] + blocks)
    return sums


def kind_of(key: Key) -> Kind:
    """What a key counts."""
    return BYTES if key[0] == "bytes" else COUNTS


def stage_values(repetitions: int, measurements: Sequence[Measurement]) -> Dict[Key, StageValues]:
    """The counts of a stage: measured at its start and after each block. What did not change at all is left out."""
    counts: List[Mapping[Key, int]] = [measurement.counts() for measurement in measurements]
    keys: Any = set().union(*counts)
    values = {key: tuple(one.get(key, 0) for one in counts) for key in keys}
    return {key: StageValues(repetitions, each) for key, each in values.items() if min(each) != max(each)}
