"""heaptrail inside a Python program: what leaks, where it grows, what holds it."""

from __future__ import annotations

from . import tracking
from .tracking import *  # noqa: F403

__all__ = list(tracking.__all__)
