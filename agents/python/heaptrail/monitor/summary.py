"""What a memory monitor says of all components."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from ..byte_text import byte_text
from .process_sizes import ProcessMemory


class ComponentSummary(NamedTuple):
    """`status` is `ok`, `near`, `over`, or `unknown` before the first report; `age_s` seconds since the last one."""

    name: str
    size_bytes: int
    peak_bytes: int
    baseline_bytes: Optional[int]
    limit_bytes: Optional[int]
    status: str
    reports: int
    age_s: Optional[float]


class MonitorSummary(NamedTuple):
    """`components`, the largest first; `total_*` of all together; `status` is the worst of all.

    `process` is the process as the kernel sees it, and `unaccounted_bytes` what of its resident memory no component has
    reported; both None where that was not asked for, or not to be had. `note` says what is missing, or is empty.
    """

    components: Tuple[ComponentSummary, ...]
    total_bytes: int
    total_limit_bytes: Optional[int]
    total_status: str
    status: str
    process: Optional[ProcessMemory]
    unaccounted_bytes: Optional[int]
    failures: Tuple[str, ...]
    note: str

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        data: Dict[str, Any] = self._asdict()
        data["components"] = [dict(component._asdict()) for component in self.components]
        data["process"] = None if self.process is None else self.process.as_dict()
        return data

    def __str__(self) -> str:
        lines = ["memory %s: %s in %d components%s" % (
            self.status, byte_text(self.total_bytes), len(self.components), _of_limit(self.total_bytes, self.total_limit_bytes))]
        width = max([len(component.name) for component in self.components] + [0])
        for one in self.components:
            lines.append("  %-7s %s  %s%s, at most %s" % (
                one.status, one.name.ljust(width), byte_text(one.size_bytes), _of_limit(one.size_bytes, one.limit_bytes), byte_text(one.peak_bytes)))
        return "\n".join(lines + self._of_process() + ["  a callback failed: " + failure for failure in self.failures] + (["  note: " + self.note] if self.note else []))

    def _of_process(self) -> List[str]:
        if self.process is None:
            return []
        parts = ["  process: RSS " + byte_text(self.process.rss_bytes)]
        if self.process.pss_bytes is not None and self.process.uss_bytes is not None:
            parts.append("PSS %s, USS %s" % (byte_text(self.process.pss_bytes), byte_text(self.process.uss_bytes)))
        if self.unaccounted_bytes is not None:
            parts.append("%s of it reported by no component" % byte_text(max(0, self.unaccounted_bytes)))
        return [", ".join(parts)]


def _of_limit(size_bytes: int, limit_bytes: Optional[int]) -> str:
    return "" if limit_bytes is None else " (%.0f %% of %s)" % (100 * size_bytes / limit_bytes, byte_text(limit_bytes))
