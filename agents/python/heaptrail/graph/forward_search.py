"""The shortest path from any root to one of many objects, found from the roots forwards: once over the heap, whoever refers to whom."""

from __future__ import annotations

import gc
from types import FrameType
from typing import Dict, List, Optional, Set, Tuple

from .bounds import Bounds
from .referents import referents
from .roots import Roots
from .turn import Turn

_CHECK_EVERY = 2048


def forward_chain(
    turn: Turn, roots: Roots, goals: Dict[int, int], least: int, bounds: Bounds, nodes: int,
) -> Optional[Tuple[str, List[object], int]]:
    """Root, objects from it to a goal, and the number of the goal. None when no goal is reached, or `bounds` ended it.

    `goals` are numbers by id, of objects that somebody keeps; those below `least` do not count. `nodes` were looked at
    before.
    """
    order: List[object] = []
    came_from: List[int] = []
    seen: Set[int] = set()
    turn.own(order)
    is_tracked, running = gc.is_tracked, roots.running
    try:
        for begin in roots.tables + roots.values:
            if goals.get(id(begin), -1) >= least:
                return roots.of(begin) or "", [begin], goals[id(begin)]
            if id(begin) not in seen:
                seen.add(id(begin))
                order.append(begin)
                came_from.append(-1)
        at = 0
        while at < len(order):
            thing = order[at]
            if type(thing) is FrameType and (id(thing) in running or turn.mine(thing)):
                at += 1
                continue
            for target in referents(thing):
                address = id(target)
                if address in seen:
                    continue
                seen.add(address)
                if goals.get(address, -1) >= least:
                    return _path(roots, order, came_from, at, target, goals[address])
                if is_tracked(target):
                    order.append(target)
                    came_from.append(at)
            at += 1
            if at % _CHECK_EVERY == 0 and bounds.ended(nodes + at):
                return None
        return None
    finally:
        del order[:]


def _path(
    roots: Roots, order: List[object], came_from: List[int], at: int, goal: object, number: int,
) -> Tuple[str, List[object], int]:
    chain = [goal]
    while at >= 0:
        chain.append(order[at])
        at = came_from[at]
    chain.reverse()
    return roots.of(chain[0]) or "", chain, number
