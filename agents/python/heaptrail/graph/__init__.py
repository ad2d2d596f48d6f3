"""The program's objects and their references, seen from inside, without a line of its code being called."""

from __future__ import annotations

from .backward_tree import referrers
from .cycle_kinds import CycleKind
from .cycle_search import Cycles, Garbage, cycles, garbage
from .forward_tree import refs
from .holders import Holders, holders
from .path import Holding, Step
from .tree import Branch, Tree

__all__ = [
    "Branch", "CycleKind", "Cycles", "Garbage", "Holders", "Holding", "Step", "Tree", "cycles", "garbage", "holders", "referrers", "refs",
]
