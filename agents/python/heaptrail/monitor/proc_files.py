"""Files of /proc that tell of the memory of processes."""

from __future__ import annotations

import os
from typing import Dict, List, Tuple

PROC = "/proc"


def exists() -> bool:
    """Whether there is such a file system, with this process in it."""
    return os.path.exists(os.path.join(PROC, "self", "stat"))


def process_ids() -> List[int]:
    """All processes that are shown."""
    return [int(entry) for entry in os.listdir(PROC) if entry.isdigit()]


def stat_of(pid: int) -> Tuple[str, int]:
    """Name and parent of a process. The name stands in brackets, and may have any bytes in it."""
    text = _read(pid, "stat").decode("utf-8", "replace")
    begin, end = text.index("("), text.rindex(")")
    return text[begin + 1 : end], int(text[end + 1 :].split()[1])


def sums_of_mappings(pid: int) -> Dict[str, int]:
    """Sums over all mappings, in bytes; kernels before 4.14 have no sums, and each mapping is read."""
    sums: Dict[str, int] = {}
    try:
        text = _read(pid, "smaps_rollup")
    except FileNotFoundError:
        text = _read(pid, "smaps")
    for line in text.splitlines():
        words = line.split()
        if len(words) == 3 and words[2] == b"kB" and words[0].endswith(b":"):
            name = words[0][:-1].decode("ascii", "replace")
            sums[name] = sums.get(name, 0) + int(words[1]) * 1024
    return sums


def words_of(pid: int, file: str) -> List[bytes]:
    """Words of a small file of a process. Raises ProcessLookupError when there is no such process."""
    try:
        return _read(pid, file).split()
    except FileNotFoundError:
        raise ProcessLookupError("there is no process %d" % pid) from None


def _read(pid: int, file: str) -> bytes:
    with open(os.path.join(PROC, str(pid), file), "rb") as stream:
        return stream.read()
