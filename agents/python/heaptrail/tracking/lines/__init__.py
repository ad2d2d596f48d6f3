"""Which line of a function takes memory."""

from __future__ import annotations

from .line_profile import LineProfile, LineRow
from .profile_lines import profile_lines

__all__ = ["LineProfile", "LineRow", "profile_lines"]
