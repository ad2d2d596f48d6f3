"""The class decorator `track`: every instance is noted where it is made.

It gives the class a `__new__` that calls the one that was there. That sees what `__init__` would not (copies, unpickled
objects, subclasses with an `__init__` of their own), needs nothing of the instance, and survives what makes a class anew
from another's namespace (`dataclass(slots=True)`). Where the class had no `__new__` written in Python, the new one is a
method wrapper, which tools take for a built-in one.
"""

from __future__ import annotations

import functools
import sys
from types import CodeType
from typing import Any, Callable, Optional, TypeVar, Union, overload

from ..graph.class_facts import HEAP_TYPE, class_member, class_text, flags_of, is_class, module_of, mro_of, namespace_of, short_class_text
from .creation import CREATE_CODE, Creation, python_new
from .records import CREATED
from .registry import calling, registry
from .sampler import Sampler
from .signature import SignatureOfTracked

Class = TypeVar("Class", bound=type)

DEFAULT_RATE = 5000.0

_note = registry.note
_object_new = object.__new__
_MUST_GIVE_WAY = sys.version_info < (3, 11)
_set_attribute = type.__setattr__


@overload
def track(kind: Class) -> Class: ...
@overload
def track(*, rate: float = ..., lifetime: Optional[float] = ..., label: Optional[str] = ...) -> Callable[[Class], Class]: ...
def track(
    kind: Optional[Class] = None, *, rate: float = DEFAULT_RATE, lifetime: Optional[float] = None, label: Optional[str] = None,
) -> Union[Class, Callable[[Class], Class]]:
    """Notes every instance of a class, and of its subclasses, with the stack that makes it.

    Above `rate` instances a second only a sample is noted, and what was skipped is counted. With `lifetime` seconds
    `check_leaks` and the monitor tell of instances that live longer; without it they only count in `stats`.

    Nothing else changes: arguments, errors, signature, copies, pickles, subclasses. Not seen are instances that are made
    past the class (`object.__new__(C)`, pickle protocols 0 and 1). Raises TypeError for a class that cannot be tracked:
    a built-in one, an `enum.Enum` (its members are its only instances), a metaclass.
    """
    if not rate > 0:
        raise ValueError("rate must be above 0 instances per second, not %r" % (rate,))
    if lifetime is not None and not lifetime >= 0:
        raise ValueError("lifetime must be a number of seconds from 0 on, not %r" % (lifetime,))

    def decorate(kind: Class) -> Class:
        _check(kind)
        _give_new(kind, Sampler(rate), lifetime, label)
        return kind

    return decorate if kind is None else decorate(kind)


def _check(kind: Any) -> None:
    if not is_class(kind):
        raise TypeError("track is for classes, not for a %s" % class_text(type(kind)))
    names = [(module_of(base), short_class_text(base)) for base in mro_of(kind)]
    if not flags_of(kind) & HEAP_TYPE or ("enum", "Enum") in names or ("builtins", "type") in names:
        raise TypeError("%s cannot be tracked: only a class written in Python, and no enum or metaclass" % class_text(kind))


def _give_new(kind: type, sampler: Sampler, lifetime: Optional[float], label: Optional[str]) -> None:
    former = namespace_of(kind).get("__new__")
    creation = Creation(kind, former)
    # In variables: they are read for each instance.
    following, weigh, create = sampler.following, sampler.weigh, creation.create
    is_simple, has_init = former is None and len(mro_of(kind)) == 2, "__init__" in namespace_of(kind)

    def note_new(cls: type, /, *args: Any, **kwargs: Any) -> Any:
        # The usual case, written out: `object.__new__` makes it, so that it is new and its maker is who called us.
        is_new = cls is kind and is_simple and (has_init or not (args or kwargs))
        instance = _object_new(cls) if is_new else create(cls, args, kwargs)
        number = following()
        weight = 1 if number < sampler.all_until else weigh(number)
        if not weight:
            return instance
        try:
            frame: Any = calling(1)
            if is_new or not _is_noted(instance):
                while not is_new and (frame.f_code is _NEW_CODE or frame.f_code is CREATE_CODE):
                    frame = frame.f_back
                _note(instance, label, lifetime, weight, frame, CREATED, sampler)
        except Exception as error:
            # What cannot be noted is none of the program's concern. But where old versions are told that the stack is
            # full, and go on as if it was not, they abort.
            if _MUST_GIVE_WAY and type(error) is RecursionError:
                raise
        return instance

    described = python_new(kind)
    found: Any = note_new.__call__ if described is None else functools.wraps(described)(note_new)  # type: ignore[operator]
    creation.token = staticmethod(found)
    _set_attribute(kind, "__new__", creation.token)
    if described is None and class_member(kind, "__signature__") is None:
        _set_attribute(kind, "__signature__", SignatureOfTracked())


def _is_noted(instance: object) -> bool:
    """A `__new__` may give an instance that was there, and that of a tracked ancestor has noted this one."""
    return registry.find_same(instance) is not None


# All functions that the one above makes share their code.
_NEW_CODE = next(part for part in _give_new.__code__.co_consts if type(part) is CodeType and part.co_name == "note_new")
