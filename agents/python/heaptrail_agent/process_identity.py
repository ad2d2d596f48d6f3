"""What the host is told first about this process."""

import os
import sys
import time

import _tracemalloc

from . import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List

# Options of the interpreter whose value is the next word.
_WITH_VALUE = ("-W", "-X", "--check-hash-based-pycs")


class ProcessIdentity:
    """Read once, early: the program may rewrite its command line."""

    __slots__ = ("_script", "_started_at_ms")

    def __init__(self) -> None:
        self._script = _script_of(_command_line())
        self._started_at_ms = time.time() * 1000

    def forked(self) -> None:
        """This process is a new one, made by fork, since now."""
        self._started_at_ms = time.time() * 1000

    def hello(self, reason: str, tracing: bool) -> "Dict[str, object]":
        """The `hello` frame."""
        return {
            "t": "hello",
            "v": 1,
            "pid": os.getpid(),
            "ppid": os.getppid(),
            "reason": reason,
            "runtime": {"name": sys.implementation.name, "version": "%d.%d.%d" % sys.version_info[:3]},
            "script": self._script,
            "startedAtMs": round(self._started_at_ms, 3),
            "agent": __version__,
            "tracing": tracing,
            "bits": 64 if sys.maxsize > 2**32 else 32,
        }


def _command_line() -> "List[str]":
    """sys.argv does not yet say what runs, and sys.orig_argv came with 3.10."""
    try:
        number = os.open("/proc/self/cmdline", os.O_RDONLY | os.O_CLOEXEC)
        try:
            words = os.read(number, 65536)
        finally:
            os.close(number)
        return words.decode("utf-8", "replace").split("\0")[:-1]
    except OSError:
        return []


def _script_of(words: "List[str]") -> str:
    """The base name of what runs: `app.py`, `-m gunicorn`, `-c`, or the program that embeds Python."""
    if not words:
        return ""
    if "python" not in os.path.basename(words[0]):
        return os.path.basename(words[0])
    index = 1
    while index < len(words):
        word = words[index]
        if word in _WITH_VALUE:
            index += 1
        elif word.startswith("--"):
            pass
        elif word == "-" or not word.startswith("-"):
            return os.path.basename(word)
        else:
            # Short options may stand together (-Bc, -um); -c and -m end the interpreter's own.
            for position, letter in enumerate(word[1:], 1):
                if letter == "c":
                    return "-c"
                if letter == "m":
                    module = word[position + 1 :] or (words[index + 1] if index + 1 < len(words) else "")
                    return "-m " + module
                if letter in "WX":
                    if position == len(word) - 1:
                        index += 1
                    break
        index += 1
    return ""
