"""What a class says of itself, read without a line of the program's code: only the slots of `type` and `object`."""

from __future__ import annotations

import sys
from types import GetSetDescriptorType, MemberDescriptorType, MethodDescriptorType, WrapperDescriptorType
from typing import Any, Callable, Dict, List, Mapping, Tuple

HEAP_TYPE = 1 << 9
HAVE_GC = 1 << 14
MANAGED_DICT = 1 << 4
LIST_SUBCLASS = 1 << 25
TUPLE_SUBCLASS = 1 << 26
DICT_SUBCLASS = 1 << 29
TYPE_SUBCLASS = 1 << 31

# By way of Any: type checkers take `type.__dict__` for the property that instances see.
_SLOTS: Any = vars(type)
flags_of: Callable[[type], int] = _SLOTS["__flags__"].__get__
mro_of: Callable[[type], Tuple[type, ...]] = _SLOTS["__mro__"].__get__
_namespace_of = _SLOTS["__dict__"].__get__
_qualified_name_of = _SLOTS["__qualname__"].__get__
_module_of = _SLOTS["__module__"].__get__
_basic_bytes_of = _SLOTS["__basicsize__"].__get__
_dict_offset_of = _SLOTS["__dictoffset__"].__get__

_plain_size = object.__sizeof__
_GC_HEAD_BYTES = 16
_NOTHING = object()


def namespace_of(kind: type) -> Mapping[str, Any]:
    """The class's own namespace (a mapping proxy), whatever its metaclass thinks of attributes."""
    found: Mapping[str, Any] = _namespace_of(kind)
    return found


def plain_names(namespace: Mapping[Any, Any]) -> Dict[str, Any]:
    """A namespace by its exact str keys: looking one up among keys of the program's own kinds would call their `__eq__`."""
    return {key: value for key, value in list(namespace.items()) if type(key) is str}


def is_class(thing: object) -> bool:
    """`isinstance(thing, type)` without asking the thing."""
    return bool(flags_of(type(thing)) & TYPE_SUBCLASS)


def is_kind(thing: object, owner: type) -> bool:
    """`isinstance(thing, owner)` by the type alone: the builtin would ask the thing for its `__class__`."""
    for ancestor in mro_of(type(thing)):
        if ancestor is owner:
            return True
    return False


def class_text(kind: type) -> str:
    """`dict`, `Session` of the main module, `app.models.Session`; `?` for what a class has set to something else than a str."""
    name, module = short_class_text(kind), module_of(kind)
    return name if module == "builtins" or module == "__main__" else "%s.%s" % (module, name)


def short_class_text(kind: type) -> str:
    """The qualified name without its module."""
    name = _qualified_name_of(kind)
    return name if type(name) is str else "?"


def module_of(kind: type) -> str:
    """Name of the module that a class says it is from, or `?`."""
    try:
        module = _module_of(kind)
    except AttributeError:
        return "?"
    return module if type(module) is str else "?"


def class_member(kind: type, name: str) -> Any:
    """What the class or the first of its ancestors has under `name`; None when there is nothing."""
    for owner in mro_of(kind):
        found = plain_names(_namespace_of(owner)).get(name, _NOTHING)
        if found is not _NOTHING:
            return found
    return None


def has_finalizer(kind: type) -> bool:
    """A `__del__` somewhere in the class, written in Python (C types have one only for their own needs)."""
    for owner in mro_of(kind):
        if flags_of(owner) & HEAP_TYPE and "__del__" in plain_names(_namespace_of(owner)):
            return True
    return False


def is_field(member: object) -> bool:
    """A descriptor that C alone reads."""
    return type(member) is GetSetDescriptorType or type(member) is MemberDescriptorType


def has_table(kind: type) -> bool:
    """Instances can have a `__dict__`."""
    return bool(flags_of(kind) & MANAGED_DICT and sys.version_info >= (3, 11)) or bool(_dict_offset_of(kind))


def keeps_values_inline(kind: type) -> bool:
    """Attributes may lie in the object itself; its `__dict__` is made, for good, when somebody asks for it (3.11)."""
    return sys.version_info >= (3, 11) and bool(flags_of(kind) & MANAGED_DICT)


def slots_of(kind: type) -> List[Tuple[str, Callable[[object], object]]]:
    """Names and getters of the fields that `__slots__` of a class and its ancestors define."""
    found: Dict[str, Callable[[object], object]] = {}
    for owner in mro_of(kind):
        namespace = plain_names(_namespace_of(owner)) if flags_of(owner) & HEAP_TYPE else {}
        if "__slots__" in namespace:
            for name, member in namespace.items():
                if type(member) is MemberDescriptorType:
                    found.setdefault(name, member.__get__)
    found.pop("__dict__", None)
    found.pop("__weakref__", None)
    return list(found.items())


def shallow_bytes(thing: object) -> int:
    """What `sys.getsizeof` gives, without calling a `__sizeof__` that somebody wrote in Python."""
    kind = type(thing)
    sizer = class_member(kind, "__sizeof__")
    if type(sizer) is MethodDescriptorType or type(sizer) is WrapperDescriptorType:
        try:
            return sys.getsizeof(thing)
        except Exception:
            pass  # a C type that refuses: its basic size must do
    head = _GC_HEAD_BYTES if flags_of(kind) & HAVE_GC else 0
    try:
        return _plain_size(thing) + head
    except Exception:
        return int(_basic_bytes_of(kind)) + head
