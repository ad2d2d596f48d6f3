"""`holders(obj)`: who keeps an object, each holder with the shortest path to it from a root."""

from __future__ import annotations

import gc
import sys
from types import FrameType
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .bounds import Bounds
from .path import Holding
from .path_search import PathSearch
from .places import is_own_code
from .turn import Turn


# Holders of one kind look alike; so many are looked at for each path that is shown.
_TRIES = 4


class Holders(NamedTuple):
    """Paths to an object, the shortest first, each of another kind; `more` objects that refer to it were not looked at."""

    paths: Tuple[Holding, ...]
    more: int

    def __str__(self) -> str:
        lines = [str(path) for path in self.paths]
        if self.more:
            lines.append("… and %d more objects that refer to it" % self.more)
        return "\n".join(lines)

    def as_dict(self) -> Dict[str, Any]:
        """Plain data for JSON."""
        return {"paths": [path.as_dict() for path in self.paths], "more": self.more}


def holders(obj: object, most: int = 5, *, seconds: float = 2.0, nodes: int = 1_000_000) -> Holders:
    """Who holds `obj`: up to `most` paths from a root, by way of different holders.

    Variables of the calling function do not count. Ends after `seconds` or `nodes` objects, and says so. Calls no code
    of the program and leaves no reference behind; other threads run on meanwhile, and what they change may be missed.
    """
    box = [obj]
    del obj
    return holders_of(box, most, Bounds(seconds, nodes), calling_frame(), given=True)


def holders_of(box: List[object], most: int, bounds: Bounds, caller: Optional[FrameType], given: bool) -> Holders:
    """As `holders`; the object is in `box`, which is empty afterwards."""
    with Turn() as turn:
        turn.own(box)
        search = PathSearch(turn, bounds, caller)
        paths = [search.holding(box[:], given)]
        waiting = _direct(turn, box) if most > 1 else []
        turn.own(waiting)
        try:
            told = {paths[0].pattern}
            tries = most * _TRIES
            while len(waiting) > 0 and len(paths) < most and tries > 0 and not bounds.reason:
                tries -= 1
                path = search.holding([box[0], waiting.pop()], given)
                # Without steps it tells nothing beside what is told already.
                if path.steps and path.pattern not in told:
                    told.add(path.pattern)
                    paths.append(path)
            return Holders(tuple(paths), len(waiting))
        finally:
            del waiting[:], box[:]


def _direct(turn: Turn, box: List[object]) -> List[object]:
    """Objects that refer to the one in the box, but for heaptrail's and the box itself."""
    found = gc.get_referrers(box[0])
    found.reverse()
    return [referrer for referrer in found if not turn.mine(referrer) and referrer is not box[0]]


def calling_frame() -> Optional[FrameType]:
    """The innermost frame that is not heaptrail's."""
    frame: Optional[FrameType] = sys._getframe(1)
    while frame is not None and is_own_code(frame.f_code):
        frame = frame.f_back
    return frame
