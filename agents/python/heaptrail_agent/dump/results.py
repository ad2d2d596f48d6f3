"""What became of a dump."""

import os

_FULL = (28, 27, 122)  # ENOSPC, EFBIG, EDQUOT
_UNWRITABLE = (1, 2, 13, 20, 21, 30, 36, 40)  # EPERM, ENOENT, EACCES, ENOTDIR, EISDIR, EROFS, ENAMETOOLONG, ELOOP
_MOST_NUMBERS = 200


def code_of(number: "int | None") -> "tuple[str, str]":
    """Code and text for the system's error of this number."""
    if number is None or not 0 < number < _MOST_NUMBERS:
        return "HEAPTRAIL_DUMP_FAILED", "the walk failed"
    if number in _FULL:
        return "HEAPTRAIL_DUMP_NO_SPACE", "no room for the dump: " + os.strerror(number)
    if number in _UNWRITABLE:
        return "HEAPTRAIL_DUMP_UNWRITABLE", "the dump cannot be written: " + os.strerror(number)
    return "HEAPTRAIL_DUMP_FAILED", "writing the dump failed: " + os.strerror(number)


class DumpResult:
    """Fields of the `dump` frame (`protocol/frames.md`), in its spelling."""

    __slots__ = ("sequence", "status", "path", "pauseMs", "childCpuMs", "wallMs", "mode", "atMs", "code", "text")

    def __init__(self, sequence: int, path: str, mode: str, at_ms: float) -> None:
        self.sequence = sequence
        self.path = path
        self.mode = mode
        self.atMs = at_ms
        self.status = "failed"
        self.pauseMs = 0.0
        self.childCpuMs = 0.0
        self.wallMs = 0.0
        self.code: "str | None" = None
        self.text: "str | None" = None
