"""Objects that native code holds: references that nothing in the heap accounts for."""

from __future__ import annotations

from .native_growth import NativeGrowth, NativeGrowthRow
from .native_held import NativeHeld, NativeHeldRow, native_held

__all__ = ["NativeGrowth", "NativeGrowthRow", "NativeHeld", "NativeHeldRow", "native_held"]
