"""What of a text may leave the process: names that look like a programmer's, and nothing that looks like data."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

MOST_CHARACTERS = 40
MOST_DIGITS = 4
KEPT_CHARACTERS = 96

_FIRST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_DIGITS = frozenset("0123456789")
_REST = _FIRST | _DIGITS
_THREAD = _REST | frozenset("-() .")


def looks_like_identifier(text: str, most_characters: int = MOST_CHARACTERS, most_digits: int = MOST_DIGITS) -> bool:
    """`[A-Za-z_][A-Za-z0-9_]*`, short, with few digits: tokens, numbers and addresses do not pass."""
    if not 0 < len(text) <= most_characters or text[0] not in _FIRST:
        return False
    return _REST.issuperset(text) and (_DIGITS.isdisjoint(text) or _digits(text) <= most_digits)


def looks_like_class(text: str) -> bool:
    """A qualified name. Programmers give long ones; a program that makes classes may give any."""
    return all([part == "<locals>" or looks_like_identifier(part, 2 * MOST_CHARACTERS, 2 * MOST_DIGITS) for part in text.split(".")])


def looks_like_thread(text: str) -> bool:
    """`MainThread`, `Thread-12 (run)`, `pool_3-worker`."""
    return len(text) <= MOST_CHARACTERS and _THREAD.issuperset(text) and _digits(text) <= MOST_DIGITS


def _digits(text: str) -> int:
    return sum([character in _DIGITS for character in text])


def hidden(text: str) -> str:
    """Stands for a text that is not shown: the runtime's own salted hash, of no use outside this process."""
    return "[str#%08x]" % (str.__hash__(text) & 0xFFFFFFFF)


def exact_text(text: object) -> "Optional[str]":
    """The characters alone, without what a subclass of str may do; `isinstance` would ask the object for its class."""
    if type(text) is str:
        return text
    return str.__str__(text) if issubclass(type(text), str) else None


class Privacy:
    """Which texts are written. `keep_strings` is the choice of the dump's owner."""

    def __init__(self, keep_strings: bool) -> None:
        self.keep_strings = keep_strings

    def shows(self, text: str) -> bool:
        return self.keep_strings or looks_like_identifier(text)

    def name(self, text: object) -> str:
        """A name as it is written into the dump."""
        plain = exact_text(text)
        if plain is None:
            return "[?]"
        return plain[:KEPT_CHARACTERS] if self.shows(plain) else hidden(plain)

    def class_name(self, text: str) -> str:
        return text if self.keep_strings or looks_like_class(text) else hidden(text)

    def thread_name(self, text: str, number: int) -> str:
        return text if self.keep_strings or looks_like_thread(text) else "thread %d" % number

    def dotted(self, text: object) -> str:
        """A module's name: its parts are names."""
        plain = exact_text(text)
        if plain is not None and all(map(self.shows, plain.split("."))):
            return plain[: 2 * KEPT_CHARACTERS]
        return self.name(text)
