"""Objects that should be gone: noted when they are made, missed when they stay."""

from __future__ import annotations

from .graph_file import export_graph
from .leak_check import LeakCheck, check_leaks
from .monitoring import reset, start_monitoring, stop_monitoring
from .full_report import report
from .statistics import SiteStats, stats, watched
from .tracked_class import track
from .single_objects import expect_gone, unwatch, watch
from .watched_object import WatchedObject

__all__ = [
    "LeakCheck", "SiteStats", "WatchedObject", "check_leaks", "expect_gone", "export_graph", "report", "reset", "start_monitoring", "stats",
    "stop_monitoring", "track", "unwatch", "watch", "watched",
]
