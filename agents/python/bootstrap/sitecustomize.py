"""Entered by every Python that the command starts, because this folder stands first on PYTHONPATH.

Python imports the first `sitecustomize` of sys.path when it starts. This one steps aside at once (the path entry
and the module vanish from this process, the environment stays for the children), starts the agent if a host
listens, or the trial of `heaptrail gc`, and then imports `sitecustomize` again: the program gets the one it would have had, with its errors, or
the ImportError that Python expects when there is none.

It must parse and be harmless on any Python there ever was, so its syntax is the oldest that works.
"""
import sys


def _step_aside():
    """Removes this folder and this module from what the program can see; returns the folder."""
    import os
    here = os.path.dirname(os.path.abspath(__file__))
    entries = [here, os.environ.get("HEAPTRAIL_LOCAL_SITE")]
    for index in range(len(sys.path) - 1, -1, -1):
        entry = sys.path[index]
        if entry and (entry in entries or os.path.abspath(entry) == here):
            del sys.path[index]
            sys.path_importer_cache.pop(entry, None)
    return here


def _tell_unsupported(path, text):
    """One event for the host: this process runs, but no agent is in it."""
    import os
    import time
    import _socket
    channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        channel.settimeout(0.2)
        channel.connect(path)
        line = ('{"t":"event","atMs":%d,"pid":%d,"code":"HEAPTRAIL_RUNTIME_UNSUPPORTED","text":"%s"}\n'
                % (time.time() * 1000, os.getpid(), text))
        channel.send(line.encode("ascii"))
    finally:
        channel.close()


def _start_agent(folder, path):
    """Loads the package by its place, because it is on no sys.path: nothing of it can shadow the program's modules."""
    import os
    import _frozen_importlib
    import _frozen_importlib_external
    init = os.path.join(folder, "__init__.py")
    spec = _frozen_importlib_external.spec_from_file_location(
        "heaptrail_agent", init,
        loader=_frozen_importlib_external.SourceFileLoader("heaptrail_agent", init),
        submodule_search_locations=[folder])
    package = _frozen_importlib.module_from_spec(spec)
    sys.modules["heaptrail_agent"] = package
    spec.loader.exec_module(package)
    try:
        package.start(path)
    finally:
        for entry in list(sys.path_importer_cache):
            if entry.startswith(folder):
                del sys.path_importer_cache[entry]


def _start_trial(folder, target):
    """Loads the measuring half of `heaptrail gc`, by its place and without the package that it is in."""
    import os
    package = type(sys)("heaptrail_gc")
    package.__path__ = [folder]
    sys.modules["heaptrail_gc"] = package
    try:
        import heaptrail_gc.trial
        heaptrail_gc.trial.start(target, os.environ.get("HEAPTRAIL_GC_SETTING"))
    finally:
        for entry in list(sys.path_importer_cache):
            if entry.startswith(folder):
                del sys.path_importer_cache[entry]


def _enter(here):
    import os
    trial = os.environ.get("HEAPTRAIL_GC_TRIAL")
    if trial and "heaptrail_gc" not in sys.modules:
        _start_trial(os.path.join(os.path.dirname(here), "heaptrail", "collector"), trial)
    path = os.environ.get("HEAPTRAIL_SOCKET")
    if not path or "heaptrail_agent" in sys.modules:
        return
    name = getattr(getattr(sys, "implementation", None), "name", "cpython")
    version = "%d.%d.%d" % tuple(sys.version_info[:3])
    if name != "cpython" or sys.version_info < (3, 8):
        _tell_unsupported(path, "%s %s: the agent needs CPython 3.8 or newer" % (name, version))
    elif "t" in getattr(sys, "abiflags", ""):
        _tell_unsupported(path, "%s %s: free-threaded builds are not supported" % (name, version))
    else:
        _start_agent(os.path.join(os.path.dirname(here), "heaptrail_agent"), path)


_aside = sys.modules.pop("sitecustomize", None)  # kept by name: Python 2 clears a module that nobody holds
try:
    _enter(_step_aside())
except Exception:
    pass

import sitecustomize  # noqa: E402,F401  the program's own, found on the rest of sys.path
