"""Is there memory for a copy of the process that touches most of its pages?"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

# Reference counts are written while walking, so the child's copy grows towards the size of the process, and its own tables come on top.
_NEEDED_OF_RSS = 1.5
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def room_for_copy() -> "Optional[str]":
    """None when there is room, else why there is none."""
    resident = _resident_bytes()
    if resident is None:
        return None
    needed = int(resident * _NEEDED_OF_RSS)
    free = _free_bytes()
    if free is not None and free < needed:
        return "a copy may need %d MB, and %d MB of memory are free" % (needed >> 20, free >> 20)
    limit = _cgroup_room_bytes()
    if limit is not None and limit < needed:
        return "a copy may need %d MB, and the memory limit of the control group leaves %d MB" % (needed >> 20, limit >> 20)
    return None


def _resident_bytes() -> "Optional[int]":
    text = _read("/proc/self/statm")
    return int(text.split()[1]) * _PAGE_BYTES if text else None


def _free_bytes() -> "Optional[int]":
    for line in _read("/proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _cgroup_room_bytes() -> "Optional[int]":
    """Distance to the nearest memory limit above this process, version 2 or 1."""
    rooms = []
    for line in _read("/proc/self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            folder, names = "/sys/fs/cgroup" + path, ("memory.max", "memory.current", "memory.stat")
        elif "memory" in controllers.split(","):
            folder, names = "/sys/fs/cgroup/memory" + path, ("memory.limit_in_bytes", "memory.usage_in_bytes", "memory.stat")
        else:
            continue
        while folder.startswith("/sys/fs/cgroup"):
            room = _room_in(folder, names)
            if room is not None:
                rooms.append(room)
            folder = folder.rpartition("/")[0]
    return min(rooms) if rooms else None


def _room_in(folder: str, names: "tuple[str, str, str]") -> "Optional[int]":
    limit, used, statistics = (_read("%s/%s" % (folder, name)).strip() for name in names)
    if not limit.isdigit() or not used.isdigit():
        return None
    # Files in the cache count as used, and go when room is needed.
    cache = sum(int(line.split()[1]) for line in statistics.splitlines() if line.startswith(("inactive_file ", "total_inactive_file ")))
    return int(limit) - int(used) + cache


def _read(path: str) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        return os.read(descriptor, 65536).decode("ascii", "replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)
