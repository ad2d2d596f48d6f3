"""The list of accepted leaks: a text file that is committed beside the tests."""

from __future__ import annotations

import os
import re
from typing import Dict, Iterable

from .verdict import LeakPlace

FILE_NAME = "heaptrail-accepted.txt"
_HEAD = """# Leaks that are known and accepted. `pytest --heaptrail-accept` adds those it finds.
# A line is a fingerprint and what it was; without its line a leak fails its test again.
"""
_LINE = re.compile(r"([0-9a-f]{8})(?:\s+(.*))?$")


class AcceptedError(ValueError):
    """The file is not such a list."""

    code = "HEAPTRAIL_PYTEST_ACCEPTED"


def read_accepted(path: str) -> Dict[str, str]:
    """Fingerprint to description; empty when there is no such file. Raises AcceptedError."""
    found: Dict[str, str] = {}
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return found
    except (OSError, UnicodeDecodeError) as error:
        raise AcceptedError("%s cannot be read (%s)" % (path, error)) from None
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.match(text)
        if match is None:
            raise AcceptedError(
                "%s:%d: expected a fingerprint of eight hex digits and a description, found %r; correct or remove the line" % (path, number, text[:60]))
        found[match.group(1)] = match.group(2) or ""
    return found


def add_accepted(path: str, places: Iterable[LeakPlace]) -> int:
    """Writes the file with these places added; how many were new. What stands there stays as it is."""
    known = read_accepted(path)
    new = {place.fingerprint: place.one_line() for place in places if place.fingerprint not in known}
    if not new:
        return 0
    text = _HEAD
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        text += "" if text.endswith("\n") or not text else "\n"
    text += "".join("%s  %s\n" % (name, " ".join(new[name].split())) for name in sorted(new))
    beside = "%s.%d" % (path, os.getpid())
    with open(beside, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(beside, path)
    return len(new)
