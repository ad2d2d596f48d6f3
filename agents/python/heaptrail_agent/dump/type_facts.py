"""What a type says of itself, read without a line of the program's code: only the slots of `type` and `object`."""

import gc
import sys
from types import GetSetDescriptorType, MemberDescriptorType, MethodDescriptorType, WrapperDescriptorType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

HEAP_TYPE = 1 << 9
# Types of C that are made when their module is loaded (since 3.10); never a class of the program's.
IMMUTABLE_TYPE = 1 << 8
HAVE_GC = 1 << 14
MANAGED_DICT = 1 << 4
LIST_SUBCLASS = 1 << 25
TUPLE_SUBCLASS = 1 << 26
DICT_SUBCLASS = 1 << 29
TYPE_SUBCLASS = 1 << 31

# By way of Any: type checkers take `type.__dict__` for the property that instances see.
_SLOTS: "Any" = vars(type)
_dict_of = _SLOTS["__dict__"].__get__
_mro_of = _SLOTS["__mro__"].__get__
_flags_of = _SLOTS["__flags__"].__get__
_qualified_name_of = _SLOTS["__qualname__"].__get__
_module_of = _SLOTS["__module__"].__get__
_basic_bytes_of = _SLOTS["__basicsize__"].__get__
_item_bytes_of = _SLOTS["__itemsize__"].__get__
_dict_offset_of = _SLOTS["__dictoffset__"].__get__

INLINE_VALUES = sys.version_info >= (3, 11)


def namespace_of(kind: type) -> "Mapping[str, Any]":
    """The class's own namespace (a mapping proxy), whatever its metaclass thinks of attributes."""
    found: "Mapping[str, Any]" = _dict_of(kind)
    return found


def plain_names(namespace: "Mapping[Any, Any]") -> "Dict[str, Any]":
    """A namespace by its exact str keys: looking one up among keys of the program's own kinds would call their `__eq__`."""
    return {key: value for key, value in namespace.items() if type(key) is str}


def name_of(kind: type) -> "Tuple[str, str]":
    """Module and qualified name, of which a metaclass may think otherwise."""
    module, name = _module_of(kind), _qualified_name_of(kind)
    return module if type(module) is str else "?", name if type(name) is str else "?"


class TypeFacts:
    """One type of the program, with how to read its instances. `index` counts types in order of appearance."""

    def __init__(self, kind: type, index: int, sample: object) -> None:
        self.kind = kind
        self.index = index
        self.flags: int = _flags_of(kind)
        self.has_gc = bool(self.flags & HAVE_GC)
        self.basic_bytes: int = _basic_bytes_of(kind)
        self.item_bytes: int = _item_bytes_of(kind)
        self.module, self.name = name_of(kind)
        owners: "List[Tuple[type, Dict[str, Any]]]" = [(owner, plain_names(_dict_of(owner))) for owner in _mro_of(kind) or ()]
        sizer = _first(owners, "__sizeof__")
        # A class may write __sizeof__ in Python: that is the program's code.
        self.sizes_itself = type(sizer) is MethodDescriptorType or type(sizer) is WrapperDescriptorType
        # Instances hold a reference to their type, which not every version and not every C type shows.
        self.implies_type_reference = bool(self.flags & HEAP_TYPE) and not (self.has_gc and any([target is kind for target in gc.get_referents(sample)]))
        self.dict_getter = self._dict_getter(owners)
        self.slots = self._slots(owners)

    @property
    def keeps_values_inline(self) -> bool:
        """Attributes live in the object itself; its `__dict__` is made when somebody asks for it."""
        return INLINE_VALUES and bool(self.flags & MANAGED_DICT)

    def describe(self) -> "dict[str, object]":
        return {
            "index": self.index,
            "address": id(self.kind),
            "module": self.module,
            "name": self.name,
            "flags": self.flags,
            "basicBytes": self.basic_bytes,
            "itemBytes": self.item_bytes,
            "impliedTypeReference": self.implies_type_reference,
            "hasDict": self.dict_getter is not None,
        }

    def _dict_getter(self, owners: "List[Tuple[type, Dict[str, Any]]]") -> "Optional[Callable[[object], object]]":
        if not self.flags & MANAGED_DICT and not _dict_offset_of(self.kind):
            return None
        getter = _first(owners, "__dict__")
        # A class may shadow it with a property.
        return getter.__get__ if _is_field(getter) else None

    def _slots(self, owners: "List[Tuple[type, Dict[str, Any]]]") -> "List[Tuple[str, Callable[[object], object]]]":
        """Fields that C reads: `__slots__` of the class and those above it, or the known ones of a built-in type."""
        found: "Dict[str, Callable[[object], object]]" = {}
        for owner, namespace in owners:
            if "__slots__" in namespace:
                for name, member in namespace.items():
                    if type(member) is MemberDescriptorType:
                        found.setdefault(name, member.__get__)
            flags = _flags_of(owner)
            for name in _FIELDS.get(name_of(owner), ()) if not flags & HEAP_TYPE or flags & IMMUTABLE_TYPE or owner is self.kind else ():
                if _is_field(namespace.get(name)):
                    found.setdefault(name, namespace[name].__get__)
        found.pop("__dict__", None)
        found.pop("__weakref__", None)
        return list(found.items())


def _first(owners: "List[Tuple[type, Dict[str, Any]]]", name: str) -> "Any":
    for _, namespace in owners:
        if name in namespace:
            return namespace[name]
    return None


def _is_field(member: object) -> bool:
    """Read by C alone. `is`, not `in`: a comparison of types may be a metaclass's own."""
    return type(member) is GetSetDescriptorType or type(member) is MemberDescriptorType


# Fields of built-in types whose getters only hand out a reference that the object holds.
_FIELDS = {
    ("builtins", "function"): ("__closure__", "__code__", "__globals__", "__defaults__", "__kwdefaults__", "__module__", "__builtins__"),
    ("builtins", "method"): ("__func__", "__self__"),
    ("builtins", "builtin_function_or_method"): ("__self__", "__module__"),
    ("builtins", "cell"): ("cell_contents",),
    ("builtins", "property"): ("fget", "fset", "fdel"),
    ("builtins", "classmethod"): ("__func__",),
    ("builtins", "staticmethod"): ("__func__",),
    ("builtins", "traceback"): ("tb_frame", "tb_next"),
    ("builtins", "BaseException"): ("args", "__traceback__", "__context__", "__cause__"),
    ("functools", "partial"): ("func", "args", "keywords"),
    ("collections", "defaultdict"): ("default_factory",),
    ("_asyncio", "Task"): ("_coro", "_loop", "_fut_waiter"),
}


class TypeTable:
    """All types met so far, by address: a dict keyed by the types themselves would call a metaclass's `__hash__`."""

    def __init__(self) -> None:
        self._facts_by_address: "dict[int, TypeFacts]" = {}
        self._fresh: "List[TypeFacts]" = []

    def of(self, kind: type, sample: object) -> TypeFacts:
        facts = self._facts_by_address.get(id(kind))
        if facts is None:
            facts = TypeFacts(kind, len(self._facts_by_address), sample)
            self._facts_by_address[id(kind)] = facts
            self._fresh.append(facts)
        return facts

    def take_fresh(self) -> "List[TypeFacts]":
        fresh, self._fresh = self._fresh, []
        return fresh

    def all(self) -> "List[TypeFacts]":
        return list(self._facts_by_address.values())
