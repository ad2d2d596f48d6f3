"""Caches of the standard library, which every test fills and which are bounded or harmless: what the repetitions put there is taken out again.

CPython's own search for leaks does so, too. Taken out is only what came since, except for caches of pure functions.
"""

from __future__ import annotations

import sys
from typing import Any, Dict, Set, Tuple

_TABLES = (("linecache", "cache"), ("sys", "path_importer_cache"))
# lru_cache of pure functions: module and name.
_FUNCTIONS = (
    ("fnmatch", "_compile_pattern"), ("urllib.parse", "urlsplit"), ("urllib.parse", "_byte_quoter_factory"), ("re", "_compile_template"),
    ("re", "_compile_repl"), ("sre_compile", "_compile_template"),
)


class StandardCaches:
    """Notes what is in them; `restore` before each count."""

    def __init__(self) -> None:
        self._keys: Dict[Tuple[str, str], Set[str]] = {}
        for place in _TABLES:
            self._keys[place] = {key for key in _table(*place) if type(key) is str}
        self._patterns = len(_table("re", "_cache"))

    def restore(self) -> None:
        """Takes out what is new."""
        for place, known in self._keys.items():
            table = _table(*place)
            for key in [key for key in list(table) if type(key) is str and key not in known]:
                table.pop(key, None)
        for module, name in _FUNCTIONS:
            clear = getattr(getattr(sys.modules.get(module), name, None), "cache_clear", None)
            if clear is not None:
                clear()
        if len(_table("re", "_cache")) > self._patterns:
            sys.modules["re"].purge()
            self._patterns = 0


def _table(module: str, name: str) -> Dict[Any, Any]:
    found = getattr(sys.modules.get(module), name, None)
    return found if type(found) is dict else {}
