"""The places where the standard library lists finalizers and tasks."""

from .modules import class_attribute, loaded, weak_set_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional, Set


def finalizers() -> "Optional[Dict[Any, Any]]":
    """weakref.finalize's registry, finalizer -> info; None while `weakref` is not loaded."""
    registry = class_attribute(loaded("weakref", "finalize"), "_registry")
    return registry if type(registry) is dict else None


def finalizer_info_type() -> "Any":
    """The class of the registry's values, whose slots can be read without running code."""
    return class_attribute(loaded("weakref", "finalize"), "_Info")


def tasks() -> "Optional[List[Set[Any]]]":
    """The sets that hold asyncio's tasks: weak references to them, or (eager ones, 3.12) themselves.

    None while asyncio is not loaded, and on 3.14, which links its tasks in C where nobody can count them cheaply.
    """
    if loaded("_asyncio", "all_tasks") is not None:
        return None
    found: "List[Set[Any]]" = []
    for name in ("_all_tasks", "_scheduled_tasks"):
        data = weak_set_data(loaded("asyncio.tasks", name))
        if data is not None:
            found.append(data)
    eager = loaded("asyncio.tasks", "_eager_tasks")
    if type(eager) is set:
        found.append(eager)
    return found or None
