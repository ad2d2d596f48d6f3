"""How an object refers to another one: by attribute, key, position, closure variable …, as its developer would write it."""

from __future__ import annotations

from collections import deque
from types import FrameType, ModuleType
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

from .attributes import Attributes, attribute_table
from .class_facts import (
    DICT_SUBCLASS, HEAP_TYPE, LIST_SUBCLASS, TUPLE_SUBCLASS, TYPE_SUBCLASS, class_member, flags_of, is_field, is_kind, mro_of, namespace_of, plain_names,
    short_class_text,
)
from .key_text import key_text, name_text
from .referents import module_table, referents
from .variables import frame_of, variables_of

ATTRIBUTE, KEY, INDEX, MEMBER, SLOT, LOCAL, CLASS, INTERNAL = range(8)
TABLE, KEY_ITSELF = "__dict__", "<key>"


class Edge(NamedTuple):
    """One reference. `operand` is a name, a key or a position, by `kind`. Keeps its objects: not for results."""

    kind: int
    operand: object
    target: object

    def text(self, texts: bool = False) -> str:
        """`.name`, `["key"]`, `[3]`, `{…}`, `local name`, `closure name`, `->` where nothing is known."""
        if self.kind == KEY:
            return key_text(self.operand, texts)
        if self.kind == INDEX:
            return "[%d]" % self.operand  # type: ignore[str-format]
        if self.kind == MEMBER:
            return "{…}"
        if self.kind == INTERNAL or self.kind == CLASS:
            return str(self.operand)
        name = name_text(self.operand)
        if self.kind == LOCAL:
            return "local " + name
        return "." + name


# Fields of built-in types whose getters only hand out a reference that the object holds.
_FIELDS: Dict[str, Tuple[str, ...]] = {
    "builtins.function": ("__closure__", "__code__", "__globals__", "__defaults__", "__kwdefaults__", "__module__", "__builtins__"),
    "builtins.method": ("__func__", "__self__"),
    "builtins.builtin_function_or_method": ("__self__",),
    "builtins.method-wrapper": ("__self__",),
    "builtins.cell": ("cell_contents",),
    "builtins.property": ("fget", "fset", "fdel"),
    "builtins.classmethod": ("__func__",),
    "builtins.staticmethod": ("__func__",),
    "builtins.traceback": ("tb_frame", "tb_next"),
    "builtins.BaseException": ("args", "__traceback__", "__context__", "__cause__"),
    "builtins.coroutine": ("cr_await",),
    "builtins.type": ("__base__", "__bases__", "__mro__"),
    "functools.partial": ("func", "args", "keywords"),
    "collections.defaultdict": ("default_factory",),
    "_asyncio.Task": ("_coro", "_loop"),
    "weakref.ReferenceType": ("__callback__",),
    "builtins.weakref": ("__callback__",),
}
_Pairs = Iterator[Tuple[object, object]]


def edges_of(thing: object, names: Attributes, efforts: int = 2) -> Iterator[Edge]:
    """References of one object, named ones first; `efforts` as in `Attributes.inline`. Those without a name come last."""
    targets = referents(thing)
    named: List[int] = []
    for edge in _named(thing, targets, names):
        named.append(id(edge.target))
        yield edge
    known = set(named)
    rest = [target for target in targets if id(target) not in known]
    if not rest:
        return
    for name, value in names.inline(thing, rest, efforts):
        known.add(id(value))
        yield Edge(ATTRIBUTE, name, value)
    for target in rest:
        if id(target) not in known:
            yield Edge(CLASS, "__class__", target) if target is type(thing) else Edge(INTERNAL, "->", target)


def edge_between(owner: object, target: object, names: Attributes) -> Edge:
    """The reference from `owner` to `target`, with the best name that is to be had."""
    for efforts in (2, 3):
        found: Optional[Edge] = None
        for edge in edges_of(owner, names, efforts):
            if edge.target is target:
                found = edge
                if edge.kind != INTERNAL or edge.operand != "->":
                    return edge
    return found or Edge(INTERNAL, "->", target)


def _named(thing: object, targets: List[object], names: Attributes) -> Iterator[Edge]:
    kind = type(thing)
    flags = flags_of(kind)
    if flags & DICT_SUBCLASS:
        yield from _entries(thing)
    elif flags & (LIST_SUBCLASS | TUPLE_SUBCLASS) or is_kind(thing, deque):
        yield from _items(thing, kind, flags)
    elif is_kind(thing, set) or is_kind(thing, frozenset):
        for member in _at_once(set.__iter__ if is_kind(thing, set) else frozenset.__iter__, thing):
            yield Edge(MEMBER, None, member)
    if is_kind(thing, ModuleType):
        yield Edge(INTERNAL, TABLE, module_table(thing))
    elif flags & TYPE_SUBCLASS:
        table = attribute_table(namespace_of(thing))  # type: ignore[arg-type]
        if table is not None:
            yield Edge(INTERNAL, TABLE, table)
    elif targets:
        own = names.table(thing, targets)
        if own is not None:
            yield Edge(INTERNAL, TABLE, own)
        for name, value in names.slots(thing):
            yield Edge(ATTRIBUTE, name, value)
    held = {id(target) for target in targets}
    yield from [edge for edge in _fields(thing, kind) if id(edge.target) in held]
    frame = thing if kind is FrameType else frame_of(thing)
    if frame is not None and targets:
        for name, value in (variables_of(frame) or {}).items():  # type: ignore[arg-type]
            yield Edge(LOCAL, name, value)


def _entries(thing: Any) -> Iterator[Edge]:
    entries = list(dict.items(thing))
    for key, value in entries:
        yield Edge(KEY, key, value)
    for key, _ in entries:
        if type(key) is not str:
            yield Edge(INTERNAL, KEY_ITSELF, key)


def _items(thing: Any, kind: type, flags: int) -> Iterator[Edge]:
    if flags & LIST_SUBCLASS:
        items = _at_once(list.__iter__, thing)
    elif flags & TUPLE_SUBCLASS:
        items = _at_once(tuple.__iter__, thing)
        fields = _named_fields(kind)
        if len(fields) == len(items):
            for name, item in zip(fields, items):
                yield Edge(ATTRIBUTE, name, item)
            return
    else:
        items = _at_once(deque.__iter__, thing)
    for position, item in enumerate(items):
        yield Edge(INDEX, position, item)


def _at_once(iterate: Callable[[Any], Iterator[object]], thing: object) -> List[object]:
    """All items in one step of the interpreter: no other thread can change the container meanwhile."""
    return list(iterate(thing))


def _named_fields(kind: type) -> Tuple[str, ...]:
    """Field names of a named tuple."""
    if kind is tuple:
        return ()
    fields = class_member(kind, "_fields")
    return fields if type(fields) is tuple and all([type(name) is str for name in fields]) else ()


def _fields(thing: object, kind: type) -> Iterator[Edge]:
    for owner in mro_of(kind):
        if flags_of(owner) & HEAP_TYPE and owner is not kind:
            continue
        namespace = plain_names(namespace_of(owner))
        for name in _FIELDS.get(_full_name(owner), ()):
            member: Any = namespace.get(name)
            if not is_field(member):
                continue
            try:
                value = member.__get__(thing)
            except (AttributeError, ValueError):
                continue  # not set
            if value is not None:
                yield Edge(SLOT, name, value)


def _full_name(kind: type) -> str:
    module = vars(type)["__module__"].__get__(kind)
    return "%s.%s" % (module if type(module) is str else "?", short_class_text(kind))
