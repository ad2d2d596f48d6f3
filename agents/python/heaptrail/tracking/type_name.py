"""Names of types, without asking the program's metaclasses."""

from __future__ import annotations

from typing import Any, Mapping

_SLOTS: Mapping[str, Any] = vars(type)
_QUALNAME = _SLOTS["__qualname__"]
_MODULE = _SLOTS["__module__"]


def type_name(of: type) -> str:
    """`dict`, `app.models.Session`."""
    name = _QUALNAME.__get__(of)
    try:
        module = _MODULE.__get__(of)
    except AttributeError:
        module = None
    if type(module) is not str or module == "builtins":
        return str(name)
    return "%s.%s" % (module, name)
