"""What was allocated and still alive at one moment, added up by the stack that allocated it."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from typing import Any, Dict, List, Sequence, Tuple

from .own_code import is_own

# (file, line), innermost first.
Stack = Tuple[Tuple[str, int], ...]
# Bytes and number of blocks.
Amount = Tuple[int, int]

# More stacks than this are not kept: the smallest are added up instead.
MOST_STACKS = 20_000


class Snapshot:
    """Sums of one moment: texts and numbers only, so that it keeps nothing of the program alive.

    `stacks` has the bytes and blocks of each stack, the innermost frame first; `traced_bytes` and `blocks` are their
    sums together with what was `dropped_*` (the smallest, beyond MOST_STACKS). heaptrail's own are in `own_bytes` alone.
    """

    __slots__ = (
        "label", "taken_at_ms", "stacks", "traced_bytes", "blocks", "own_bytes", "dropped_stacks", "dropped_bytes",
        "largest_dropped_bytes", "epoch")

    def __init__(self, label: str, epoch: int) -> None:
        self.label = label
        self.epoch = epoch
        self.taken_at_ms = int(time.time() * 1000)
        self.stacks: Dict[Stack, Amount] = {}
        self.traced_bytes = self.blocks = self.own_bytes = 0
        self.dropped_stacks = self.dropped_bytes = self.largest_dropped_bytes = 0

    def lines(self) -> Dict[Stack, Amount]:
        """The same sums by the line that allocated, which is the innermost frame of each stack."""
        sums: Dict[Stack, Amount] = {}
        for stack in self.stacks:
            size, count = self.stacks[stack]
            line = stack[:1]
            before = sums.get(line)
            sums[line] = (size, count) if before is None else (before[0] + size, before[1] + count)
        return sums

    def __repr__(self) -> str:
        return "<heaptrail.Snapshot %r: %d bytes in %d blocks>" % (self.label, self.traced_bytes, self.blocks)


def take_snapshot(label: str, epoch: int, most_stacks: int = MOST_STACKS) -> Snapshot:
    """The sums of now; tracing must run. Raises MemoryError, and leaves nothing behind then.

    Costs about 0.3 us a traced block, and for that time a list of all of them, about 100 bytes each.
    """
    snapshot = Snapshot(label, epoch)
    kept: Dict[Stack, Amount] = {}
    sizes_by_stack = _sizes_by_stack(_traces())
    for stack in sizes_by_stack:  # not items(): CPython before 3.13 crashes when it has no memory for that iterator
        sizes = sizes_by_stack[stack]
        if is_own(stack[0][0]):
            snapshot.own_bytes += sum(sizes)
            continue
        kept[stack] = (sum(sizes), len(sizes))
        snapshot.traced_bytes += kept[stack][0]
        snapshot.blocks += len(sizes)
    if len(kept) > most_stacks:
        _drop_smallest(snapshot, kept, most_stacks)
    snapshot.stacks = kept
    return snapshot


def _traces() -> Sequence[Any]:
    import _tracemalloc

    # The collector would run many times over the new tuples, and with it the program's finalizers. One call of C, so
    # that no other thread sees it switched off.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return _tracemalloc._get_traces()
    finally:
        if was_enabled:
            gc.enable()


def _sizes_by_stack(traces: Sequence[Any]) -> Dict[Stack, List[int]]:
    """The sizes of the blocks of each stack. Adding up here would make a new int for each block, which is traced: slower by half."""
    sizes: Dict[Stack, List[int]] = defaultdict(list)
    for trace in traces:
        sizes[trace[2]].append(trace[1])
    return sizes


def _drop_smallest(snapshot: Snapshot, kept: Dict[Stack, Amount], most: int) -> None:
    dropped = sorted(kept, key=lambda stack: kept[stack], reverse=True)[most:]
    for stack in dropped:
        size = kept.pop(stack)[0]
        snapshot.dropped_stacks += 1
        snapshot.dropped_bytes += size
        snapshot.largest_dropped_bytes = max(snapshot.largest_dropped_bytes, size)
