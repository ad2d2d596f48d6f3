"""Repeats a function and says whether, and where, it grows."""

from __future__ import annotations

from .analyze_growth import analyze_growth
from .growth_report import GrowthPlace, GrowthReport

__all__ = ["GrowthPlace", "GrowthReport", "analyze_growth"]
