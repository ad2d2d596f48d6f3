"""The CPythons of this machine that the agent supports."""

import glob
import os
import shutil
import subprocess

_QUESTION = (
    "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2], getattr(sys, 'abiflags', ''), sys.executable)"
)


def found_interpreters():
    """Executables, oldest first, one for each real file: HEAPTRAIL_PYTHONS, or pyenv's and the path's."""
    return [executable for _, executable in interpreters_with_versions()]


def interpreters_with_versions():
    """The same as pairs: (3, 12) and the executable."""
    named = os.environ.get("HEAPTRAIL_PYTHONS")
    if named:
        candidates = named.split(os.pathsep)
    else:
        candidates = sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/*/bin/python")))
        candidates += [path for path in (shutil.which("python3"), "/usr/bin/python3") if path]
    found = {}
    for candidate in candidates:
        answer = _ask(candidate)
        if answer is not None:
            version, executable = answer
            found.setdefault(os.path.realpath(executable), (version, executable))
    return sorted(found.values())


def _ask(candidate):
    try:
        words = subprocess.run(
            [candidate, "-c", _QUESTION], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20
        ).stdout.decode().split()
    except (OSError, subprocess.TimeoutExpired):
        return None
    if len(words) == 3:
        words.insert(2, "")
    if len(words) != 4 or words[0] != "cpython" or "t" in words[2]:
        return None
    version = tuple(int(part) for part in words[1].split("."))
    return (version, words[3]) if version >= (3, 8) else None
