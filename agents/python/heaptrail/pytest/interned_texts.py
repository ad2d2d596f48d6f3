"""Texts that early CPython 3.12 keeps for ever once they are interned (gh-113993): whose they are decides what a test is told."""

from __future__ import annotations

import os
import sys
import sysconfig
from typing import List, Tuple

from ..tracking.growth.growth_report import GrowthReport
from ..tracking.growth.pace import NOT
from ..tracking.source_line import source_lines

_LIBRARY = tuple(os.path.join(sysconfig.get_paths()[name], "") for name in ("stdlib", "platstdlib"))
_INSTALLED = frozenset(("site-packages", "dist-packages"))


def interning_lines(report: GrowthReport) -> List[Tuple[str, int]]:
    """The lines that allocated all that grew, when each calls `intern`; empty when anything else grew, or on other versions."""
    if sys.version_info[:2] != (3, 12) or any(place.pace != NOT for place in report.types):
        return []
    lines = [place.stack[0] for place in report.lines if place.stack and place.pace != NOT]
    sources = source_lines(lines)
    return lines if all("intern(" in sources.get(line, "") for line in lines) else []


def is_of_library(line: Tuple[str, int]) -> bool:
    """Of the standard library: a real path with a new name interns it there, and a program cannot help it."""
    return line[0].startswith(_LIBRARY) and _INSTALLED.isdisjoint(line[0].split(os.sep))
