"""What grows in a test run without being a leak of the program: caches of the standard library, records of mocks and of pytest."""

from __future__ import annotations

import re

# Modules whose tables are caches, or records of what was imported, warned about or matched.
_MODULES = re.compile(
    r"^module (_pytest|pytest|pluggy|xdist|execnet|hypothesis|coverage|heaptrail|re|sre_compile|_sre|linecache|warnings|_warnings|fnmatch|glob|typing|abc|_abc|"
    r"tokenize|inspect|traceback|importlib|_frozen_importlib|_frozen_importlib_external|pkgutil|zipimport|encodings|copyreg|struct|"
    r"pytest_asyncio|anyio\.pytest_plugin|doctest|unittest\.case|unittest\.mock)\b")
_TABLES = (
    ("module sys", (".path_importer_cache", ".modules", ".path_hooks", ".warnoptions")),
)
_TYPES = re.compile(r"\((unittest\.mock\.|mock\.mock\.|_pytest\.|pluggy\.|_frozen_importlib)")


def known_state(held_by: str, type_name: str, made_in: str = "") -> str:
    """What it is, when the path, the type or the file that made it says that it is such state; else an empty text."""
    if made_in.startswith(("_pytest/", "pluggy/", "xdist/")):
        return "what pytest keeps"
    root = held_by.split(" → ")[0]
    found = _MODULES.match(root)
    if found:
        return "what %s keeps" % found.group(1)
    for module, tables in _TABLES:
        if root == module:
            for table in tables:
                if table in held_by:
                    return "sys" + table
    if ".__warningregistry__" in held_by:
        return "the registry of warnings"
    if type_name == "module" or type_name.startswith("_frozen_importlib"):
        return "an imported module"
    found = _TYPES.search(held_by)
    if found:
        return "records of mocks" if "mock" in found.group(1) else "what pytest keeps"
    if type_name.startswith(("_pytest.", "pluggy.")):
        return "what pytest keeps"
    return ""
