"""Which of two objects the collector has known for longer: it moves what it has seen alive to an older generation, and
keeps what is new in the order in which it came."""

from __future__ import annotations

import gc
import sys
from typing import Dict, List, Tuple

# From 3.14 on there is one old generation, in two parts that change places.
_YOUNG = (0, 1) if sys.version_info < (3, 14) else (0,)


class Ages:
    """Ages of this moment. Keeps no object."""

    def __init__(self) -> None:
        # Generation, and the position in it; of what is older, or not listed, nothing.
        self._positions: Dict[int, Tuple[int, int]] = {}
        for generation in _YOUNG:
            _add(self._positions, generation, gc.get_objects(generation=generation))

    def is_younger(self, thing: object, than: object) -> bool:
        """Whether `thing` certainly came later than `than`. Two that have been through the same collections have no order."""
        mine, others = self._positions.get(id(thing)), self._positions.get(id(than))
        if mine is None or others is None:
            return mine is not None
        if mine[0] != others[0]:
            return mine[0] < others[0]
        return mine[0] == 0 and mine[1] > others[1]


def _add(positions: Dict[int, Tuple[int, int]], generation: int, listed: List[object]) -> None:
    for at, address in enumerate(map(id, listed)):
        positions.setdefault(address, (generation, at))
    del listed[:]
