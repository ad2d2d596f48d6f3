"""Reads modules that the program has loaded; never loads one, never runs code of the program."""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Mapping, Optional, Set, Tuple

_Module = type(sys)
_of_type: "Mapping[str, Any]" = vars(type)
_class_dict = _of_type["__dict__"]
_class_mro = _of_type["__mro__"]
_class_name = _of_type["__qualname__"]


def loaded(module: str, name: str) -> "Any":
    """`name` of a loaded module, or None; a module replaced by something else is left alone."""
    found = sys.modules.get(module)
    if type(found) is not _Module:
        return None
    return found.__dict__.get(name)


def class_attribute(owner: object, name: str) -> "Any":
    """What an ordinary class itself has under `name`, without asking anybody's __getattribute__."""
    if type(owner) is not type:
        return None
    return _class_dict.__get__(owner).get(name)


def class_name(owner: type) -> str:
    """The qualified name of a class, whatever its metaclass."""
    name: str = _class_name.__get__(owner)
    return name


def is_instance(thing: object, owner: type) -> bool:
    """isinstance() by type alone: the builtin would ask the thing for its `__class__`."""
    mro: "Tuple[type, ...]" = _class_mro.__get__(type(thing))
    for ancestor in mro:
        if ancestor is owner:
            return True
    return False


def weak_set_data(weak_set: object) -> "Optional[Set[Any]]":
    """The plain set inside a weakref.WeakSet (whose own methods are Python code)."""
    if weak_set is None or type(weak_set) is not loaded("_weakrefset", "WeakSet"):
        return None
    data = weak_set.__dict__.get("data")
    return data if type(data) is set else None
