"""What was allocated and still alive at one moment, added up by the stack that allocated it."""

from __future__ import annotations

import gc
import time
from typing import Any, Dict, List, Optional, Sequence, Tuple

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
        for stack, (size, count) in self.stacks.items():
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
    frames_by_id, amounts = _add_up(_traces())
    kept: Dict[Stack, Amount] = {}
    for key, frames in frames_by_id.items():
        size, count = amounts[key]
        if is_own(frames[0][0]):
            snapshot.own_bytes += size
            continue
        snapshot.traced_bytes += size
        snapshot.blocks += count
        before = kept.get(frames)
        kept[frames] = (size, count) if before is None else (before[0] + size, before[1] + count)
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


def _add_up(traces: Sequence[Any]) -> Tuple[Dict[int, Stack], Dict[int, List[int]]]:
    """Frames and [bytes, blocks] by the identity of the frames, which blocks of one stack share."""
    frames_by_id: Dict[int, Stack] = {}
    amounts: Dict[int, List[int]] = {}
    for trace in traces:
        frames = trace[2]
        key = id(frames)
        amount: Optional[List[int]] = amounts.get(key)
        if amount is None:
            frames_by_id[key] = frames
            amounts[key] = [trace[1], 1]
        else:
            amount[0] += trace[1]
            amount[1] += 1
    return frames_by_id, amounts


def _drop_smallest(snapshot: Snapshot, kept: Dict[Stack, Amount], most: int) -> None:
    dropped = sorted(kept, key=lambda stack: kept[stack], reverse=True)[most:]
    for stack in dropped:
        size = kept.pop(stack)[0]
        snapshot.dropped_stacks += 1
        snapshot.dropped_bytes += size
        snapshot.largest_dropped_bytes = max(snapshot.largest_dropped_bytes, size)
