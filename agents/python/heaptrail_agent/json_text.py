"""JSON without the `json` package, which would load `re` and more into programs that do without."""

import _json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict

_quote = _json.encode_basestring_ascii


class _Context:
    """What the C scanner wants to know of the decoder that it works for."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


_scan = _json.make_scanner(_Context())


def encode(value: object) -> str:
    """One line of ASCII for plain values; what is not finite or not plain becomes null."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value) if value - value == 0.0 else "null"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join([encode(item) for item in value]) + "]"
    if isinstance(value, dict):
        return "{" + ",".join([_quote(str(key)) + ":" + encode(item) for key, item in value.items()]) + "}"
    return "null"


def decode_object(text: str) -> "Dict[str, Any]":
    """The object on a line; an empty one for anything else, so that a foreign line is a line without effect."""
    try:
        value, _ = _scan(text, 0)
    except (ValueError, StopIteration, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
