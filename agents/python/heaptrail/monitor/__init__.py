"""What components of a program report of their memory, and what the kernel says of the process."""

from __future__ import annotations

from .memory_monitor import MemoryMonitor, ThresholdEvent
from .process_sizes import (
    ProcessMemory, ProcessMemoryUnavailableError, ProcessTreeMemory, process_memory, process_tree_memory,
)
from .summary import ComponentSummary, MonitorSummary

__all__ = [
    "ComponentSummary", "MemoryMonitor", "MonitorSummary", "ProcessMemory", "ProcessMemoryUnavailableError", "ProcessTreeMemory",
    "ThresholdEvent", "process_memory", "process_tree_memory",
]
