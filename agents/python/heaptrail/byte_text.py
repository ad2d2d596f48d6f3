"""Numbers of bytes as people read them."""

from __future__ import annotations

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def byte_text(size_bytes: float) -> str:
    """`0 B`, `1.5 KiB`, `-12.0 MiB`: one decimal from a KiB on."""
    size, unit = float(abs(size_bytes)), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    sign = "-" if size_bytes < 0 else ""
    number = "%.1f" % size if unit or size != int(size) else "%d" % size
    return "%s%s %s" % (sign, number, _UNITS[unit])


def change_text(size_bytes: float) -> str:
    """Like `byte_text`, with a plus sign where it grew."""
    return ("+" if size_bytes > 0 else "") + byte_text(size_bytes)
