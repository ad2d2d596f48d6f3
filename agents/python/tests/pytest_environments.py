"""Virtual environments with pytest, one for each interpreter, made once from PyPI and kept.

Versions are pinned. Where no network or pip is there, `environment` raises Unavailable with the reason.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_PLACE = os.path.join(ROOT, "..", "..", "node_modules", ".cache", "heaptrail-pytest")

# The newest that each version of Python can have, as of 2026-11; the smoke test needs no more than pytest.
FULL = {
    (3, 8): ("pytest==8.3.5", "pytest-xdist==3.6.1", "pytest-asyncio==0.24.0", "anyio==4.5.2"),
    (3, 13): ("pytest==9.2.0", "pytest-xdist==3.8.0", "pytest-asyncio==1.5.0", "anyio==4.16.0"),
}
SMOKE = {(3, 9): ("pytest==7.4.4",), (3, 10): ("pytest==8.4.2",), (3, 11): ("pytest==8.4.2",), (3, 12): ("pytest==8.4.2",)}


class Unavailable(Exception):
    """Why there is no such environment here."""


def is_full(version=sys.version_info[:2]):
    """The oldest and the newest have all plugins."""
    return version in FULL


def environment(python=sys.executable, version=sys.version_info[:2]):
    """The interpreter of the environment for `python`."""
    packages = FULL.get(version) or SMOKE.get(version)
    if packages is None:
        raise Unavailable("no versions of pytest are pinned for Python %d.%d" % version)
    name = "%d.%d-%s" % (version + (hashlib.sha256(" ".join((python,) + packages).encode()).hexdigest()[:8],))
    place = os.path.abspath(os.path.join(_PLACE, name))
    own = os.path.join(place, "bin", "python")
    if os.path.exists(os.path.join(place, "complete")):
        return own
    building = "%s.%d" % (place, os.getpid())
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        shutil.rmtree(building, ignore_errors=True)
        _run([python, "-m", "venv", building])
        _run([os.path.join(building, "bin", "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *packages])
        with open(os.path.join(building, "complete"), "w"):
            pass
        if os.path.exists(place):
            shutil.rmtree(building, ignore_errors=True)  # somebody else was faster
        else:
            os.rename(building, place)
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(building, ignore_errors=True)
        raise Unavailable("%s cannot be installed here (%s)" % (packages[0], type(error).__name__)) from None
    return own


def _run(command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
