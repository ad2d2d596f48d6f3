"""What the cyclic collector does and costs, and when it runs."""

from __future__ import annotations

from .collection import Collection, CollectionSums
from .every import collect_every
from .idle import IdleCollector, collect_when_idle
from .paused import gc_paused
from .runtime import Runtime
from .stats import GcStats, GenerationStats, LostTime, gc_stats

__all__ = [
    "Collection",
    "CollectionSums",
    "GcStats",
    "GenerationStats",
    "IdleCollector",
    "LostTime",
    "Runtime",
    "collect_every",
    "collect_when_idle",
    "gc_paused",
    "gc_stats",
]
