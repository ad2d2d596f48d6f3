"""Threads by what they are doing: threads with the same stack are the same leak."""

import sys

from .tally import MOST_ENTRIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Tuple

    from .governor import Slice
    from .code_places import Place

_DEPTH = 12


def thread_stacks(own_thread: int, pieces: "Slice") -> "List[Dict[str, object]]":
    """Stacks, innermost call first, with the number of threads; the agent's own thread is not among them."""
    counts: "Dict[Tuple[Place, ...], int]" = {}
    frames = sys._current_frames()
    frames.pop(own_thread, None)
    while frames and pieces.go_on():
        frame: "Any" = frames.popitem()[1]
        stack: "List[Place]" = []
        while frame is not None and len(stack) < _DEPTH:
            code = frame.f_code
            stack.append((getattr(code, "co_qualname", code.co_name), code.co_filename, frame.f_lineno or 0))
            frame = frame.f_back
        counts[tuple(stack)] = counts.get(tuple(stack), 0) + 1
    if len(counts) > MOST_ENTRIES:
        pieces.partial = True
    ranked = sorted(counts.items(), key=lambda item: -item[1])[:MOST_ENTRIES]
    return [{"stack": stack, "count": count} for stack, count in ranked]
