"""The interpreter's lists of `os.register_at_fork`, which no name leads to: found by the agent's own entries in them."""

import gc
import sys
from types import MethodType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Tuple


def at_fork_tables() -> "Tuple[object, ...]":
    """In a cloned child only: every object is asked. None where the agent has not registered. Tuples all along: a list of ours would be found."""
    module = sys.modules.get("heaptrail_agent.fork") if type(sys.modules) is dict else None
    if type(module) is not ModuleType:
        return ()
    kind: object = module.__dict__.get("ForkGuard")
    if kind is None:
        return ()
    guards = tuple(thing for thing in gc.get_referrers(kind) if type(thing) is kind)
    methods = tuple(thing for thing in gc.get_referrers(*guards) if type(thing) is MethodType) if guards else ()
    return tuple(thing for thing in gc.get_referrers(*methods) if type(thing) is list) if methods else ()
