"""Texts of dict keys and values in results.

Reports end up in logs and tickets, so a text is shown only when it looks like a name that a programmer gave: short,
letters and underscores, few digits. Anything else stands as `[str#hash]`, as in the reports of `heaptrail run`.
"""

from __future__ import annotations

from .class_facts import short_class_text

MOST_CHARACTERS = 40
_MOST_DIGITS = 4
_FIRST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_DIGITS = frozenset("0123456789")
_REST = _FIRST | _DIGITS


def looks_like_name(text: str) -> bool:
    """`[A-Za-z_][A-Za-z0-9_]*` of at most 40 characters and 4 digits: tokens, numbers and addresses do not pass."""
    if not 0 < len(text) <= MOST_CHARACTERS or text[0] not in _FIRST or not _REST.issuperset(text):
        return False
    return sum([character in _DIGITS for character in text]) <= _MOST_DIGITS


def name_text(name: object) -> str:
    """A name out of a namespace; `[str#hash]` for one that looks like data."""
    if type(name) is not str:
        return "[%s]" % short_class_text(type(name))
    if all([looks_like_name(part) for part in name.split(".")]):
        return name
    return hidden(name)


def hidden(text: str) -> str:
    """Stands for a text that is not shown: the interpreter's own salted hash, of no use outside this process."""
    return "[str#%08x]" % (str.__hash__(text) & 0xFFFFFFFF)


def key_text(key: object, texts: bool = False) -> str:
    """`["name"]`, `[5]`, `[(…)]`, `[Session]`. With `texts` any str is shown, cut at 40 characters. Calls no code of the program."""
    kind = type(key)
    if kind is str:
        text: str = key  # type: ignore[assignment]
        return '["%s"]' % _cut(text) if texts or looks_like_name(text) else hidden(text)
    if key is None or kind is int or kind is bool or kind is float:
        return "[%s]" % _number_text(key)
    return "[%s]" % short_class_text(kind)


def value_text(value: object, texts: bool = False) -> str:
    """A value of a built-in type in few characters; empty for anything else."""
    kind = type(value)
    if value is None or kind is bool or kind is int or kind is float:
        return _number_text(value)
    if kind is str:
        text: str = value  # type: ignore[assignment]
        return '"%s"' % _cut(text) if texts or looks_like_name(text) else "1 character" if len(text) == 1 else "%d characters" % len(text)
    if kind is bytes or kind is bytearray:
        return "%d bytes" % len(value)  # type: ignore[arg-type]
    return ""


def _number_text(value: object) -> str:
    if type(value) is int and value.bit_length() > 128:
        return "int of %d bits" % value.bit_length()
    return repr(value)


def _cut(text: str) -> str:
    shown = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
    return "".join([character if character.isprintable() else "·" for character in shown])
