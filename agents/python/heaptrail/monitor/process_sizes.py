"""Memory of a process and of those below it, from /proc alone."""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from . import proc_files
from .proc_files import stat_of, sums_of_mappings, words_of


class ProcessMemoryUnavailableError(RuntimeError):
    """This system has no /proc to read memory of processes from."""

    code = "HEAPTRAIL_NO_PROC"

    def __init__(self) -> None:
        super().__init__(
            "memory of processes is read from %s, which this system (%s) does not have, or does not show to this process. "
            "What `resource.getrusage` has is the peak, not the size of now. Run on Linux, or mount /proc." % (proc_files.PROC, sys.platform))


class ProcessMemory(NamedTuple):
    """Memory of one process.

    `rss_bytes`  resident: what it has in memory, with all it shares
    `pss_bytes`  its proportional share of that: pages that n processes share count 1/n
    `uss_bytes`  what it has for itself alone, and would be free without it
    `swap_bytes` of it on disk

    All but the first are None where the kernel does not show them (another user's process); `note` says so.
    """

    pid: int
    name: str
    rss_bytes: int
    pss_bytes: Optional[int]
    uss_bytes: Optional[int]
    swap_bytes: Optional[int]
    note: str

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return dict(self._asdict())


class ProcessTreeMemory(NamedTuple):
    """A process and those that it started, and they, in the order of their ids; the first is the one asked for.

    Sums: `rss_bytes` counts shared pages once for each process, `pss_bytes` once in all (where nobody else shares them).
    `pss_bytes` and `uss_bytes` are None where one of them is not known. Processes that end meanwhile are left out.
    """

    processes: Tuple[ProcessMemory, ...]
    rss_bytes: int
    pss_bytes: Optional[int]
    uss_bytes: Optional[int]

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["processes"] = [process.as_dict() for process in self.processes]
        return data


def process_memory(pid: Optional[int] = None) -> ProcessMemory:
    """Memory of a process of this machine, of this one where nothing is said. Takes some milliseconds for a large one.

    Raises ProcessMemoryUnavailableError where there is no /proc, and ProcessLookupError when there is no such process.
    """
    number = os.getpid() if pid is None else pid
    if not proc_files.exists():
        raise ProcessMemoryUnavailableError()
    pages = words_of(number, "statm")
    rss_bytes = int(pages[1]) * os.sysconf("SC_PAGE_SIZE")
    name = stat_of(number)[0]
    try:
        sums = sums_of_mappings(number)
    except PermissionError:
        return ProcessMemory(number, name, rss_bytes, None, None, None, "the kernel shows no more of another user's process")
    except OSError:
        return ProcessMemory(number, name, rss_bytes, None, None, None, "the process is ending")
    if "Pss" not in sums:
        # A process without memory of its own: a zombie, or a thread of the kernel.
        return ProcessMemory(number, name, rss_bytes, 0, 0, 0, "it has no memory of its own")
    uss_bytes = sums.get("Private_Clean", 0) + sums.get("Private_Dirty", 0) + sums.get("Private_Hugetlb", 0)
    return ProcessMemory(number, name, sums.get("Rss", rss_bytes), sums["Pss"], uss_bytes, sums.get("Swap", 0), "")


def process_tree_memory(pid: Optional[int] = None) -> ProcessTreeMemory:
    """Memory of a process and of all below it. Raises as `process_memory`."""
    first = process_memory(pid)
    found = [first]
    for number in sorted(_below(first.pid)):
        try:
            found.append(process_memory(number))
        except (OSError, ValueError):
            pass  # it has ended meanwhile
    return ProcessTreeMemory(
        tuple(found), sum([process.rss_bytes for process in found]), _sum([process.pss_bytes for process in found]),
        _sum([process.uss_bytes for process in found]))


def _below(pid: int) -> List[int]:
    """Processes that have `pid` as an ancestor."""
    children: Dict[int, List[int]] = {}
    for number in proc_files.process_ids():
        try:
            children.setdefault(stat_of(number)[1], []).append(number)
        except (OSError, ValueError):
            continue  # it has ended meanwhile
    found: List[int] = []
    waiting = [pid]
    while waiting:
        below = children.pop(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _sum(values: List[Optional[int]]) -> Optional[int]:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
