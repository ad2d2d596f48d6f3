"""What a callback of the program raised, in words that are safe to show."""

from __future__ import annotations

from .graph.class_facts import short_class_text


def failure_text(error: BaseException) -> str:
    """Class of an exception and the innermost line that raised it; its own text may be anything."""
    place, trace = "", error.__traceback__
    while trace is not None:
        place = " at %s:%d" % (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return short_class_text(type(error)) + place
