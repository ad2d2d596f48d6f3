"""What a tracker could not do, told instead of raised."""

from __future__ import annotations

import time
from typing import Any, Dict, NamedTuple, Optional

from .type_name import type_name


class TrackerEvent(NamedTuple):
    """`code` is stable (HEAPTRAIL_...); `text` a sentence."""

    at_ms: int
    code: str
    text: str

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return self._asdict()


def tracker_event(code: str, text: str) -> TrackerEvent:
    """An event of now."""
    return TrackerEvent(int(time.time() * 1000), code, text)


def error_text(error: BaseException) -> str:
    """Type of an exception and where it was raised, without calling its __str__."""
    name, place = type_name(type(error)), _innermost(error)
    return "%s at %s" % (name, place) if place else name


def _innermost(error: BaseException) -> Optional[str]:
    trace = error.__traceback__
    if trace is None:
        return None
    while trace.tb_next is not None:
        trace = trace.tb_next
    return "%s:%d" % (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
