"""The signature of a tracked class: what `inspect.signature` would say if it had no `__new__` of ours.

CPython versions differ in what they take of a class: 3.8 a `__new__` before any `__init__`; 3.9 and 3.10 the class's own
before what it inherits; from 3.11 on whichever comes first in the line of ancestors.
"""

from __future__ import annotations

import sys
from types import BuiltinFunctionType, ClassMethodDescriptorType, MethodWrapperType, WrapperDescriptorType
from typing import Any, Optional, Tuple

from ..graph.class_facts import HEAP_TYPE, flags_of, mro_of, namespace_of
from .creation import bound_to_class, is_plain_token

_BUILT_IN = (BuiltinFunctionType, ClassMethodDescriptorType, MethodWrapperType, WrapperDescriptorType)


class SignatureOfTracked:
    """Stands in the namespace of a tracked class as `__signature__`; instances have none."""

    def __get__(self, instance: object, owner: Any) -> Any:
        if instance is not None or _written_in_python(type(owner), "__call__"):
            raise AttributeError("__signature__")
        import inspect

        factory = _factory(owner)
        if factory is None:
            return _of_built_in(owner, inspect)
        signature = inspect.signature(factory)
        return signature.replace(parameters=_without_first(list(signature.parameters.values()), inspect))


def _factory(owner: type) -> Optional[Any]:
    """The `__new__` or `__init__` that the signature is taken of."""
    new, init = _written_in_python(owner, "__new__"), _written_in_python(owner, "__init__")
    if sys.version_info < (3, 9):
        return new or init
    line = mro_of(owner)
    if sys.version_info < (3, 11):
        line = (owner,)
    for base in line:
        if new is not None and _own(base, "__new__") is not None:
            return new
        if init is not None and _own(base, "__init__") is not None:
            return init
    return new or init


def _own(base: type, name: str) -> Any:
    found = namespace_of(base).get(name)
    return None if is_plain_token(found) else found


def _written_in_python(owner: type, name: str) -> Optional[Any]:
    for base in mro_of(owner):
        found = _own(base, name)
        if found is not None:
            method = bound_to_class(found, owner)
            return None if any([type(method) is kind for kind in _BUILT_IN]) else method
    return None


def _of_built_in(owner: type, inspect: Any) -> Any:
    """That of the nearest built-in ancestor; `object` takes nothing."""
    for base in mro_of(owner):
        if not flags_of(base) & HEAP_TYPE:
            return inspect.Signature() if base is object else inspect.signature(base)
    return inspect.Signature()


def _without_first(parameters: Any, inspect: Any) -> Tuple[Any, ...]:
    """Without `self` or `cls`, which may be the first of `*args`."""
    if parameters and parameters[0].kind is not inspect.Parameter.VAR_POSITIONAL:
        return tuple(parameters[1:])
    return tuple(parameters)
