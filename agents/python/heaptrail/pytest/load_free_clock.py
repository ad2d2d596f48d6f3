"""Seconds that pass, without those in which this process waited for a processor: a busy machine must not change a verdict."""

from __future__ import annotations

import time


def load_free_seconds() -> float:
    """Only differences mean something. Where the system does not tell the waiting (not Linux), it is part of them."""
    return time.monotonic() - _waited_seconds()


def _waited_seconds() -> float:
    try:
        with open("/proc/self/schedstat", encoding="ascii") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
