"""Which lines allocate what is still alive, and where memory grows."""

from __future__ import annotations

from .comparison import Comparison, GrowthRow
from .growth import GrowthPlace, GrowthReport, analyze_growth
from .growth_watch import GrowthWatch
from .lines import LineProfile, LineRow, profile_lines
from .snapshot import Snapshot
from .tracker import MemoryTracker
from .tracker_event import TrackerEvent
from .unavailable import TracingUnavailableError

__all__ = [
    "Comparison",
    "GrowthPlace",
    "GrowthReport",
    "GrowthRow",
    "GrowthWatch",
    "LineProfile",
    "LineRow",
    "MemoryTracker",
    "Snapshot",
    "TracingUnavailableError",
    "TrackerEvent",
    "analyze_growth",
    "profile_lines",
]
