"""heaptrail inside a Python program: what leaks, where it grows, what holds it.

    watch, expect_gone, track, check_leaks, report   objects that should be gone, and who holds them
    holders, refs, referrers                         references of one object, labelled, from a root
    cycles, garbage                                  knots of references; what the cyclic collector would free
    native_held                                      objects that only native code (C extensions, ctypes, cffi) keeps
    MemoryTracker, analyze_growth, profile_lines     which lines allocate what stays
    MemoryMonitor, process_memory                    what components report, what the process really has

Standard library only, CPython 3.8 and newer. Nothing is loaded before the first use: importing this costs a millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List

if TYPE_CHECKING:
    from .collector import (
        Collection as Collection, CollectionSums as CollectionSums, GcStats as GcStats, GenerationStats as GenerationStats,
        IdleCollector as IdleCollector, LostTime as LostTime, Runtime as Runtime, collect_every as collect_every,
        collect_when_idle as collect_when_idle, gc_paused as gc_paused, gc_stats as gc_stats,
    )
    from .graph import (
        Branch as Branch, CycleKind as CycleKind, Cycles as Cycles, Garbage as Garbage, Holders as Holders, Holding as Holding,
        Step as Step, Tree as Tree, cycles as cycles, garbage as garbage, holders as holders, referrers as referrers, refs as refs,
    )
    from .monitor import (
        ComponentSummary as ComponentSummary, MemoryMonitor as MemoryMonitor, MonitorSummary as MonitorSummary,
        ProcessMemory as ProcessMemory, ProcessMemoryUnavailableError as ProcessMemoryUnavailableError,
        ProcessTreeMemory as ProcessTreeMemory, ThresholdEvent as ThresholdEvent, process_memory as process_memory,
        process_tree_memory as process_tree_memory,
    )
    from .native import (
        NativeGrowth as NativeGrowth, NativeGrowthRow as NativeGrowthRow, NativeHeld as NativeHeld, NativeHeldRow as NativeHeldRow,
        native_held as native_held,
    )
    from .tracking import (
        Comparison as Comparison, GrowthPlace as GrowthPlace, GrowthReport as GrowthReport, GrowthRow as GrowthRow,
        GrowthWatch as GrowthWatch, LineProfile as LineProfile, LineRow as LineRow, MemoryTracker as MemoryTracker,
        Snapshot as Snapshot, TracingUnavailableError as TracingUnavailableError, TrackerEvent as TrackerEvent,
        analyze_growth as analyze_growth, profile_lines as profile_lines,
    )
    from .watching import (
        LeakCheck as LeakCheck, SiteStats as SiteStats, WatchedObject as WatchedObject, check_leaks as check_leaks,
        expect_gone as expect_gone, export_graph as export_graph, report as report, reset as reset,
        start_monitoring as start_monitoring, stats as stats, stop_monitoring as stop_monitoring, track as track, unwatch as unwatch,
        watch as watch, watched as watched,
    )

# Which room has what.
_NAMES_BY_ROOM = {
    "collector": (
        "Collection", "CollectionSums", "GcStats", "GenerationStats", "IdleCollector", "LostTime", "Runtime", "collect_every",
        "collect_when_idle", "gc_paused", "gc_stats",
    ),
    "graph": (
        "Branch", "CycleKind", "Cycles", "Garbage", "Holders", "Holding", "Step", "Tree", "cycles", "garbage", "holders",
        "referrers", "refs",
    ),
    "monitor": (
        "ComponentSummary", "MemoryMonitor", "MonitorSummary", "ProcessMemory", "ProcessMemoryUnavailableError", "ProcessTreeMemory",
        "ThresholdEvent", "process_memory", "process_tree_memory",
    ),
    "native": ("NativeGrowth", "NativeGrowthRow", "NativeHeld", "NativeHeldRow", "native_held"),
    "tracking": (
        "Comparison", "GrowthPlace", "GrowthReport", "GrowthRow", "GrowthWatch", "LineProfile", "LineRow", "MemoryTracker",
        "Snapshot", "TracingUnavailableError", "TrackerEvent", "analyze_growth", "profile_lines",
    ),
    "watching": (
        "LeakCheck", "SiteStats", "WatchedObject", "check_leaks", "expect_gone", "export_graph", "report", "reset",
        "start_monitoring", "stats", "stop_monitoring", "track", "unwatch", "watch", "watched",
    ),
}
_ROOM_BY_NAME = {name: room for room, names in _NAMES_BY_ROOM.items() for name in names}

__all__ = sorted(_ROOM_BY_NAME)  # pyright: ignore[reportUnsupportedDunderAll]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    room = _ROOM_BY_NAME.get(name)
    if room is None:
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    from importlib import import_module
    from .unhandled_interrupt import keep_unhandled_interrupt

    found = getattr(import_module("." + room, __name__), name)
    keep_unhandled_interrupt()
    globals()[name] = found
    return found


def __dir__() -> List[str]:
    return sorted(set(globals()) | set(__all__))
