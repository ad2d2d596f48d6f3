"""Allocation sites of single objects, from tracemalloc's table."""

import sys

from array import array

from .blocks import SITED, SITES, BlockWriter, u32
from .type_facts import INLINE_VALUES, TypeFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, Optional, Tuple

    Frame = Tuple[str, int]


class Sites:
    """Writes the site of every traced object. Each site and frame is written once."""

    def __init__(self, out: BlockWriter) -> None:
        self._out = out
        tracer = sys.modules.get("_tracemalloc")
        on = tracer is not None and tracer.is_tracing()
        self._traceback_of: "Optional[Callable[[object], Any]]" = tracer._get_object_traceback if on else None  # type: ignore[union-attr]
        self.frame_limit: int = tracer.get_traceback_limit() if on else 0  # type: ignore[union-attr]
        self._site_by_frames: "Dict[Tuple[Frame, ...], int]" = {}
        self._frame_ids: "Dict[Frame, int]" = {}
        self._at_address = _traceback_at_address() if on else None

    @property
    def on(self) -> bool:
        return self._traceback_of is not None

    def note(self, facts: TypeFacts, objects: "List[object]") -> None:
        if self._traceback_of is None:
            return
        if facts.keeps_values_inline and self._at_address is not None:
            found = [self._at_address(id(thing)) for thing in objects]
        else:
            found = list(map(self._traceback_of, objects))
        traced = [(id(thing), frames) for thing, frames in zip(objects, found) if frames]
        if not traced:
            return
        fresh_frames: "List[object]" = []
        fresh_sites: "List[List[int]]" = []
        sites = [self._site(frames, fresh_frames, fresh_sites) for _, frames in traced]
        if fresh_sites:
            self._out.json(SITES, {"frames": fresh_frames, "sites": fresh_sites})
        self._out.block(SITED, [u32(len(traced)), array("Q", [address for address, _ in traced]), array("I", sites)])

    def _site(self, frames: "Tuple[Frame, ...]", fresh_frames: "List[object]", fresh_sites: "List[List[int]]") -> int:
        site = self._site_by_frames.get(frames)
        if site is None:
            numbers = []
            for frame in frames:
                number = self._frame_ids.get(frame)
                if number is None:
                    number = self._frame_ids[frame] = len(self._frame_ids)
                    fresh_frames.append(list(frame))
                numbers.append(number)
            site = self._site_by_frames[frames] = len(self._site_by_frames)
            fresh_sites.append(numbers)
        return site


def _traceback_at_address() -> "Optional[Callable[[int], Any]]":
    """Only 3.11 looks in the wrong place for objects with inline values: their block begins two words further ahead."""
    if not INLINE_VALUES or sys.version_info >= (3, 12):
        return None
    try:
        import ctypes

        get = ctypes.pythonapi._PyTraceMalloc_GetTraceback
        get.restype = ctypes.py_object
        get.argtypes = (ctypes.c_uint, ctypes.c_size_t)
    except (ImportError, AttributeError):
        return None
    return lambda address: get(0, address - 32)
