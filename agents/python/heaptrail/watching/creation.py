"""What `__new__` of a tracked class does in place of what was there: the next `__new__` in line, with the same arguments."""

from __future__ import annotations

import sys
import weakref
from types import FunctionType, MethodWrapperType
from typing import Any, Dict, Optional, Tuple

from ..graph.class_facts import class_member, module_of, mro_of, namespace_of, short_class_text

_NOTHING = object()


class Creation:
    """Finds what would have been called. `token` is what the class got as its `__new__`; `former` what it had itself, or None."""

    def __init__(self, kind: type, former: Any) -> None:
        self._kind = weakref.ref(kind)
        self._former = former
        self.token: Any = None

    def create(self, cls: type, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Any:
        """The instance. Raises what `object.__new__` would have raised."""
        if self._former is not None:
            return bound_to_class(self._former, cls)(cls, *args, **kwargs)
        for base in self._following(cls):
            found = namespace_of(base).get("__new__", _NOTHING)
            if base is list and kwargs and sys.version_info >= (3, 11):
                _refuse_keywords(cls)
            if found is not _NOTHING and base is not object:
                return bound_to_class(found, cls)(cls, *args, **kwargs)
        if args or kwargs:
            _refuse_arguments(cls)
        return object.__new__(cls)

    def _following(self, cls: type) -> Tuple[type, ...]:
        """The classes after the one that has the token: the tracked class, or one that was made anew from its namespace."""
        line = mro_of(cls)
        for at, base in enumerate(line):
            if namespace_of(base).get("__new__") is self.token:
                return line[at + 1 :]
        kind = self._kind()
        return mro_of(kind)[1:] if kind is not None else (object,)


CREATE_CODE = Creation.create.__code__


def python_new(kind: type) -> Optional[FunctionType]:
    """The function that `kind.__new__` is, where it is one written in Python."""
    for base in mro_of(kind):
        found = namespace_of(base).get("__new__", _NOTHING)
        if found is not _NOTHING:
            function = found.__func__ if type(found) is staticmethod else found
            return function if type(function) is FunctionType else None
    return None


def bound_to_class(found: Any, cls: type) -> Any:
    """As the attribute of a class."""
    get = class_member(type(found), "__get__")
    return found if get is None else get(found, None, cls)


def _refuse_arguments(cls: type) -> None:
    """What `object.__new__` says of arguments that nobody takes: the class that it sees has a `__new__` because of us."""
    line = mro_of(cls)[:-1]
    others = [found for found in [namespace_of(base).get("__new__") for base in line] if found is not None and not is_plain_token(found)]
    if others and not _passes_arguments_on(line):
        raise TypeError("object.__new__() takes exactly one argument (the type to instantiate)")
    if not others and not any(["__init__" in namespace_of(base) for base in line]):
        raise TypeError("%s() takes no arguments" % short_class_text(cls).split(".")[-1])


def _refuse_keywords(cls: type) -> None:
    """What `list.__init__` says of keywords where a class has no `__new__` of its own: it sees one, ours."""
    for base in mro_of(cls):
        namespace = namespace_of(base)
        new = namespace.get("__new__")
        if base is list:
            raise TypeError("list() takes no keyword arguments")
        if "__init__" in namespace or (new is not None and not is_plain_token(new)):
            return


def is_plain_token(found: Any) -> bool:
    """A `__new__` of ours where there was none written in Python."""
    return type(found) is staticmethod and type(found.__func__) is MethodWrapperType


def _passes_arguments_on(line: Tuple[type, ...]) -> bool:
    """`typing.Generic` of 3.8, whose own `__new__` looks whether the next one is `object.__new__`, and cannot see that it is."""
    return sys.version_info < (3, 9) and any([module_of(base) == "typing" and short_class_text(base) == "Generic" for base in line])
