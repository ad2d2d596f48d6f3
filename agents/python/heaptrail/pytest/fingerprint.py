"""Eight hex digits that name a leak: the same function as in packages/core/src/report/fingerprint.ts, with the same results."""

from __future__ import annotations

from typing import Sequence

_MASK = 0xFFFFFFFF
_FNV_OFFSET, _FNV_PRIME = 0x811C9DC5, 0x01000193


def fingerprint(parts: Sequence[str]) -> str:
    """Of names only: no addresses, keys, positions, counts, pids or line numbers, which differ from run to run."""
    value = _FNV_OFFSET
    for part in parts:
        units = part.encode("utf-16-le", "surrogatepass")
        # The length goes in front, so that ["ab", "c"] and ["a", "bc"] differ.
        length = len(units) // 2
        value = _mix(_mix(value, length & 0xFFFF), length >> 16)
        for at in range(0, len(units), 2):
            value = _mix(value, units[at] | units[at + 1] << 8)
    return "%08x" % _avalanche(value)


def _mix(value: int, unit: int) -> int:
    low = ((value ^ (unit & 0xFF)) * _FNV_PRIME) & _MASK
    return ((low ^ (unit >> 8)) * _FNV_PRIME) & _MASK


def _avalanche(value: int) -> int:
    """FNV-1a alone leaves similar names with similar high digits (murmur3's finish)."""
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & _MASK
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & _MASK
    return value ^ (value >> 16)
