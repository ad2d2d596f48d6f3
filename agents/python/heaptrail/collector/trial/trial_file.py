"""The file of one process: one line of JSON, written without the `json` package, which loads much that the program has not."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict


def write(path: str, figures: "Dict[str, object]") -> None:
    """Replaces the file as a whole; raises OSError where that cannot be."""
    text = "{%s}\n" % ",".join(['"%s":%s' % (key, _json(value)) for key, value in figures.items()])
    temporary = path + ".new"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        os.write(descriptor, text.encode("ascii", "replace"))
    finally:
        os.close(descriptor)
    os.replace(temporary, path)


def _json(value: object) -> str:
    """Of what the figures hold: None, numbers, texts of ours without quotes, and lists of numbers."""
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, list):
        return "[%s]" % ",".join([_json(item) for item in value])
    if isinstance(value, float):
        return "%.3f" % value
    if isinstance(value, int):
        return "%d" % value
    return '"%s"' % str(value).replace("\\", "/").replace('"', "'")


def peak_rss_bytes() -> int:
    """The most memory that this process has had, 0 where nobody knows.

    Linux keeps two such figures. `ru_maxrss` also knows what the process was before it became this program, so that under
    a large parent every child looks large; the one in /proc is of this program alone.
    """
    try:
        with open("/proc/self/status", "rb") as file:
            for line in file:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    except (ImportError, OSError, ValueError):
        return 0
    return peak if sys.platform == "darwin" else peak * 1024
