"""What an object refers to, as the collector sees it."""

from __future__ import annotations

import gc
import sys
from types import ModuleType
from typing import Any, List

# CPython 3.12 itself freezes some hundreds of objects at its start.
_FROZEN_AT_START = 1000

module_table: Any = vars(ModuleType)["__dict__"].__get__


def is_frozen() -> bool:
    """Somebody has called `gc.freeze`: the collector lists none of the objects that were there then."""
    return gc.get_freeze_count() > _FROZEN_AT_START


def asyncio_module() -> object:
    """The C half of asyncio, or None. On early 3.12 (cpython#122695) asking it for its referents brings freed objects back."""
    modules = sys.modules
    if type(modules) is not dict:
        return None
    found = modules.get("_asyncio")
    return found if type(found) is ModuleType else None


def referents(thing: object) -> List[object]:
    """`gc.get_referents`, but for the one module that must not be asked: its namespace tells enough."""
    if type(thing) is ModuleType and thing is asyncio_module():
        return [module_table(thing)]
    return gc.get_referents(thing)
