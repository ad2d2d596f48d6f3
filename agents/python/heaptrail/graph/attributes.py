"""Attributes of instances by name, without making a `__dict__` that was not there.

Since CPython 3.11 the attributes of an instance lie in the object itself; asking for its `__dict__` makes one, which
costs 64 bytes for as long as the object lives. So candidates for names are gathered from the code of the class, of
its module, and at last of all functions, and each is tried with C's own lookup: it counts when what it finds is among
the referents of the object. Names that only `setattr` with a computed name has used stay unknown.
"""

from __future__ import annotations

import gc
import sys
from types import CodeType, FunctionType, ModuleType
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Set, Tuple

from .class_facts import (
    HEAP_TYPE, class_member, flags_of, has_table, is_field, keeps_values_inline, module_of, mro_of, namespace_of,
    plain_names, slots_of,
)
from .referents import module_table, referents

_lookup = object.__getattribute__
_NOTHING = object()
# Keys of a dict that are compared with attributes, to see whether it is an instance's own table.
_PROBES = 8


class _Kind:
    """What is known of one class; keeps it, and so its address."""

    __slots__ = ("kind", "slots", "shared", "described", "names_by_effort")

    def __init__(self, kind: type) -> None:
        self.kind = kind
        self.slots = slots_of(kind)
        self.shared, self.described = _shared_and_described(kind)
        self.names_by_effort: Dict[int, List[str]] = {}


class Attributes:
    """Reads attributes. Keeps what it learns of classes, and so the classes: for one operation, not for longer."""

    def __init__(self) -> None:
        self._kinds: Dict[int, _Kind] = {}
        self._everywhere: Optional[Set[str]] = None

    def table(self, thing: object, targets: List[object]) -> Optional[Dict[Any, Any]]:
        """The dict among `targets` (referents of `thing`) that holds its attributes, or None."""
        kind = type(thing)
        if not has_table(kind):
            return None
        tables: List[Dict[Any, Any]] = [target for target in targets if type(target) is dict]
        if not tables:
            return None
        if keeps_values_inline(kind):
            described = self._kind(kind).described
            return next((table for table in tables if _is_own(thing, table, described)), None)
        getter = class_member(kind, "__dict__")
        if not is_field(getter):
            return None
        in_slots = {id(value) for _, value in self.slots(thing)}
        if all([id(table) in in_slots for table in tables]):
            return None  # asking would make one
        own = getter.__get__(thing)
        return next((table for table in tables if table is own), None)

    def slots(self, thing: object) -> List[Tuple[str, object]]:
        """Fields of `__slots__` that are set."""
        found = []
        for name, getter in self._kind(type(thing)).slots:
            try:
                found.append((name, getter(thing)))
            except AttributeError:
                pass  # not set
        return found

    def inline(self, thing: object, targets: List[object], efforts: int = 2) -> List[Tuple[str, object]]:
        """Attributes that lie in the object itself, found among `targets`: referents that nothing else has named.

        Where one of them is a dict with keys of the program's classes it may be the table of attributes, in which no
        name can be looked up without comparing it with those: then none is. `efforts` 1: names that the code of its class uses; 2: that of its module too; 3: that of all functions.
        """
        kind = type(thing)
        if not keeps_values_inline(kind) or any([_might_compare(target) for target in targets]):
            return []
        position = {id(target): at for at, target in reversed(list(enumerate(targets)))}
        open_ids = set(position)
        shared = self._kind(kind).shared
        found: List[Tuple[str, object]] = []
        for effort in range(efforts):
            for may_be_shared in (False, True):
                if not open_ids:
                    break
                for name in self._names(kind, effort):
                    if (name in shared) == may_be_shared:
                        value = _attribute(thing, name)
                        if value is not _NOTHING and id(value) in open_ids:
                            found.append((name, value))
                open_ids.difference_update([id(value) for _, value in found])
        found.sort(key=lambda pair: position[id(pair[1])])
        return found

    def read(self, thing: object, name: str) -> object:
        """One attribute of an instance, or None; never a property's or `__getattr__`'s."""
        targets = referents(thing)
        table = self.table(thing, targets)
        if table is not None:
            return plain_names(table).get(name)
        might_compare = any([_might_compare(target) for target in targets])
        if might_compare or not keeps_values_inline(type(thing)) or name in self._kind(type(thing)).described:
            return next((value for slot, value in self.slots(thing) if slot == name), None)
        value = _attribute(thing, name)
        return value if any([value is target for target in targets]) else None

    def _kind(self, kind: type) -> _Kind:
        known = self._kinds.get(id(kind))
        if known is None:
            known = self._kinds[id(kind)] = _Kind(kind)
        return known

    def _names(self, kind: type, effort: int) -> List[str]:
        """Names that code uses: effort 0 of the class and its ancestors, 1 of their modules, 2 of everything."""
        known = self._kind(kind)
        names = known.names_by_effort.get(effort)
        if names is None:
            owners = [owner for owner in mro_of(kind) if flags_of(owner) & HEAP_TYPE]
            if effort == 0:
                found = _names_in_classes(owners)
            elif effort == 1:
                found = _names_in_modules(owners)
            else:
                if self._everywhere is None:
                    self._everywhere = _names_everywhere()
                found = self._everywhere
            told = set(known.names_by_effort[effort - 1]) if effort else set()
            names = [name for name in sorted(found - known.described - told) if not name.startswith("__")]
            known.names_by_effort[effort] = names
        return names


def _attribute(thing: object, name: str) -> object:
    try:
        return _lookup(thing, name)
    except AttributeError:
        return _NOTHING


def _shared_and_described(kind: type) -> Tuple[Set[str], Set[str]]:
    """Names that the class itself has something under; and those of them where that reads itself (a property, a slot, a
    method), and might run code."""
    described: Set[str] = {"__dict__", "__class__", "__weakref__"}
    shared: Set[str] = set()
    for owner in mro_of(kind):
        for name, member in plain_names(namespace_of(owner)).items():
            if name not in shared:
                shared.add(name)
                if class_member(type(member), "__get__") is not None:
                    described.add(name)
    return shared, described


def _is_own(thing: object, table: Dict[Any, Any], described: Set[str]) -> bool:
    """Whether a dict is the table of an instance that could have its attributes inline: each says the same under each name.

    Nothing is looked up when a key is no exact str: among such keys a lookup would compare, and call the program.
    """
    probes: List[Tuple[Any, Any]] = []
    for key, value in list(dict.items(table)):
        if type(key) is not str:
            return False
        if len(probes) < _PROBES and key not in described:
            probes.append((key, value))
    return bool(probes) and all([_attribute(thing, key) is value for key, value in probes])


def _might_compare(target: object) -> bool:
    return type(target) is dict and any([flags_of(type(key)) & HEAP_TYPE for key in list(target)])


def _names_in_classes(owners: List[type]) -> Set[str]:
    names: Set[str] = set()
    for owner in owners:
        namespace = plain_names(namespace_of(owner))
        for listing in ("__static_attributes__", "__annotations__", "__dataclass_fields__", "__match_args__"):
            listed = namespace.get(listing)
            if type(listed) is tuple or type(listed) is dict:
                names.update([name for name in listed if type(name) is str])
        names.update(namespace)
        for member in namespace.values():
            for function in _functions_in(member):
                names.update(_names_of_code(function.__code__))
    return names


def _functions_in(member: object) -> Iterator[FunctionType]:
    if type(member) is staticmethod or type(member) is classmethod:
        member = member.__func__
    if type(member) is property:
        for part in (member.fget, member.fset, member.fdel):
            if type(part) is FunctionType:
                yield part
    elif type(member) is FunctionType:
        yield member


def _names_in_modules(owners: List[type]) -> Set[str]:
    names: Set[str] = set()
    modules = sys.modules if type(sys.modules) is dict else {}
    for owner in owners:
        module = plain_names(modules).get(module_of(owner))
        if type(module) is not ModuleType:
            continue
        for member in plain_names(module_table(module)).values():
            for function in _functions_in(member):
                names.update(_names_of_code(function.__code__))
    return names


def _names_everywhere() -> Set[str]:
    names: Set[str] = set()
    for thing in gc.get_objects():
        if type(thing) is FunctionType:
            names.update(_names_of_code(thing.__code__))
    return names


def _names_of_code(code: CodeType) -> Set[str]:
    names: Set[str] = set()
    waiting = [code]
    while waiting:
        code = waiting.pop()
        names.update(code.co_names)
        waiting.extend([constant for constant in code.co_consts if type(constant) is CodeType])
    return names


def attribute_table(owner: Mapping[str, Any]) -> Optional[Dict[Any, Any]]:
    """The dict behind the mapping proxy of a class's namespace."""
    return next((target for target in gc.get_referents(owner) if type(target) is dict), None)
