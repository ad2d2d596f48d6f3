"""Lines of source files, read without `linecache`, whose cache would be one more thing that grows."""

from __future__ import annotations

import io
import tokenize
from typing import Dict, Iterable, List, Mapping, Tuple

_MOST_BYTES = 5_000_000


def source_lines(places: Iterable[Tuple[str, int]]) -> Dict[Tuple[str, int], str]:
    """The text of each (file, line) that can be read, without its indentation; each file is read once."""
    wanted: Dict[str, List[int]] = {}
    for filename, line in places:
        wanted.setdefault(filename, []).append(line)
    found: Dict[Tuple[str, int], str] = {}
    for filename, numbers in wanted.items():
        lines = file_lines(filename)
        for number in numbers:
            if 0 < number <= len(lines):
                found[filename, number] = lines[number - 1].strip()
    return found


def file_lines(filename: str) -> List[str]:
    """Every line of a source file, with its indentation; none where it cannot be read (`<string>`, an archive)."""
    try:
        with open(filename, "rb") as file:
            content = file.read(_MOST_BYTES)
        encoding = tokenize.detect_encoding(io.BytesIO(content).readline)[0]
        return content.decode(encoding, "replace").splitlines()
    except (OSError, SyntaxError, ValueError, LookupError):
        return []


def with_source(place: Tuple[str, int], sources: Mapping[Tuple[str, int], str]) -> str:
    """`app.py:12  cache.append(row)`, or without the source where that is not known."""
    text = "%s:%d" % place
    source = sources.get(place)
    return "%s  %s" % (text, source) if source else text
