"""How many threads run and how many descriptors are open."""

from __future__ import annotations

import os
import threading
import time

_LONGEST_WAIT_S = 0.3


def threads() -> int:
    """Threads that run Python, and that `threading` knows."""
    return threading.active_count()


def descriptors() -> int:
    """Open files, sockets and pipes; -1 where the system does not say."""
    try:
        return len(os.listdir("/proc/self/fd")) - 1
    except OSError:
        return -1


def wait_until_settled(threads_before: int, descriptors_before: int) -> None:
    """Threads that are about to end, and sockets that they close, get a moment; nothing is waited for where none are more."""
    pause, waited = 0.001, 0.0
    while waited < _LONGEST_WAIT_S and (threads() > threads_before or descriptors() > descriptors_before):
        time.sleep(pause)
        waited += pause
        pause = min(0.05, pause * 2)
