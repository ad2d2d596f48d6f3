"""JSON without the `json` package, which would load `re` and more into programs that do without.

Not its C half either for reading: at the first error that imports `json.decoder`.
"""

from _json import encode_basestring_ascii as _quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Tuple, Union

    Plain = Union[str, int, float, bool, None]

_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: "Dict[str, Plain]" = {"true": True, "false": False, "null": None}
_BLANK = " \t\r"


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


def decode_flat(text: str) -> "Dict[str, Plain]":
    """The object on a line, whose values are all plain, as the host's commands are.

    An empty one for anything else, so that a foreign line is a line without effect.
    """
    try:
        return _object(text.strip(_BLANK))
    except (ValueError, IndexError):
        return {}


def _object(text: str) -> "Dict[str, Plain]":
    found: "Dict[str, Plain]" = {}
    if text[0] != "{" or text[-1] != "}":
        raise ValueError
    at = _skip(text, 1)
    while text[at] != "}":
        key, at = _string(text, at)
        at = _skip(text, at)
        if text[at] != ":":
            raise ValueError
        at = _skip(text, at + 1)
        found[key], at = _string(text, at) if text[at] == '"' else _word(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        elif text[at] != "}":
            raise ValueError
    return found


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANK:
        at += 1
    return at


def _string(text: str, at: int) -> "Tuple[str, int]":
    if text[at] != '"':
        raise ValueError
    parts = []
    at += 1
    while text[at] != '"':
        if text[at] != "\\":
            parts.append(text[at])
            at += 1
        elif text[at + 1] == "u":
            code, at = int(text[at + 2 : at + 6], 16), at + 6
            if 0xD800 <= code < 0xDC00 and text[at : at + 2] == "\\u":
                code, at = 0x10000 + (code - 0xD800) * 1024 + int(text[at + 2 : at + 6], 16) - 0xDC00, at + 6
            parts.append(chr(code))
        else:
            parts.append(_ESCAPES.get(text[at + 1], ""))
            at += 2
    return "".join(parts), at + 1


def _word(text: str, at: int) -> "Tuple[Plain, int]":
    end = at
    while text[end] not in ",}" and text[end] not in _BLANK:
        end += 1
    word = text[at:end]
    if word in _WORDS:
        return _WORDS[word], end
    try:
        return int(word), end
    except ValueError:
        return float(word), end
