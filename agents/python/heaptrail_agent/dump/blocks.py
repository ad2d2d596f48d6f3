"""Blocks of a heap dump (`protocol/heap-dump.md`): framed, compressed, with a checksum, written as they come."""

import os
from array import array

import zlib

from ..json_text import encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterable, List, Sequence, Union

    from .still import StillCalls

    Part = Union[bytes, "array[int]", "array[float]"]

MAGIC = b"HTHEAP1\n"
HEAD, TYPE, TEXT, ATOMS, EDGES, PAIRS, NAME, LABELS, VALUES, CODE, ROOTS, WEAK, SITES, SITED, BOUNDS, END, SUSPENDED = range(1, 18)

# What is looked at together stays in the processor's cache: more at once takes longer.
MOST_ITEMS = 4096
# Rows are gathered up to here, about 30,000 objects; far below the format's 64 MiB, and a dump that is cut off loses little.
MOST_GATHERED_BYTES = 2 << 20
_BUFFER_BYTES = 1 << 20


def u32(*values: int) -> bytes:
    """Little-endian 32-bit numbers; what is larger saturates."""
    return b"".join([min(value, 0xFFFFFFFF).to_bytes(4, "little") for value in values])


def column32(values: "Iterable[int]") -> "array[int]":
    """A column of 32-bit numbers; what is larger saturates."""
    listed = values if isinstance(values, list) else list(values)
    try:
        return array("I", listed)
    except OverflowError:
        return array("I", [min(value, 0xFFFFFFFF) for value in listed])


class Disk:
    """Writes, compresses and checks with Python's own means, which let other threads run meanwhile."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._descriptor, left) :]

    def compress(self, raw: bytes) -> bytes:
        return zlib.compress(raw, 1)

    def crc32(self, data: bytes) -> int:
        return zlib.crc32(data)


class StillDisk:
    """The same in a cloned child, where the interpreter lock must not be let go."""

    def __init__(self, descriptor: int, calls: "StillCalls") -> None:
        self._descriptor = descriptor
        self._calls = calls
        self.compress = calls.compress
        self.crc32 = calls.crc32

    def write(self, data: bytes) -> None:
        self._calls.write(self._descriptor, data)


class BlockWriter:
    """Frames blocks. Raises OSError when the disk does."""

    def __init__(self, disk: "Union[Disk, StillDisk]") -> None:
        self._disk = disk
        self._pending: "List[bytes]" = [MAGIC]
        self._pending_bytes = len(MAGIC)

    def block(self, kind: int, parts: "Sequence[Part]") -> None:
        raw = b"".join([part if type(part) is bytes else memoryview(part) for part in parts])
        stored = self._disk.compress(raw)
        codec = 1
        if len(stored) >= len(raw):
            stored, codec = raw, 0
        self._put(bytes((kind, codec, 0, 0)) + u32(len(stored), len(raw), self._disk.crc32(stored)))
        self._put(stored)

    def json(self, kind: int, value: object) -> None:
        self.block(kind, [encode(value).encode("ascii")])

    def flush(self) -> None:
        data = b"".join(self._pending)
        self._pending = []
        self._pending_bytes = 0
        self._disk.write(data)

    def _put(self, data: bytes) -> None:
        self._pending.append(data)
        self._pending_bytes += len(data)
        if self._pending_bytes >= _BUFFER_BYTES:
            self.flush()
