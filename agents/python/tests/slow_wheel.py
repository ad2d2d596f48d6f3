"""Builds the wheel, installs it into a fresh virtual environment of each CPython found, and uses it there with no Node.

    python3 tests/slow_wheel.py            needs PyPI for setuptools and pytest; a minute per interpreter

Not part of the quick tests. The last line says how many passed, failed and were skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

from interpreters import found_interpreters
from pytest_environments import FULL, SMOKE

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

USE = '''
import gc, os, shutil, sys
import heaptrail
assert shutil.which("node") is None and os.path.realpath(heaptrail.__file__).startswith(os.path.realpath(sys.prefix)), heaptrail.__file__
assert os.path.exists(os.path.join(os.path.dirname(heaptrail.__file__), "py.typed"))
for name in heaptrail.__all__:
    getattr(heaptrail, name)
class Session: pass
@heaptrail.track
class Job: pass
registry = {"a": heaptrail.watch(Session())}
jobs = [Job() for _ in range(3)]
found = heaptrail.check_leaks()
assert str(found.leaks[0].held_by) == 'module __main__ \\u2192 .registry (dict, 1 entry) \\u2192 ["a"] (Session)', str(found)
assert heaptrail.stats()[0].alive == 3
gc.disable()
registry["a"].me = registry["a"]
assert any("Session" in kind.example_text for kind in heaptrail.cycles().kinds)
registry.clear()
assert heaptrail.garbage().objects > 0 and heaptrail.check_leaks().garbage == 1
assert "Job" in str(heaptrail.refs(jobs)) and "jobs" in str(heaptrail.referrers(jobs[0]))
told = []
heaptrail.start_monitoring(60, told.append)
heaptrail.stop_monitoring()
with heaptrail.MemoryTracker() as tracker:
    tracker.baseline()
    kept = [bytearray(1000) for _ in range(1000)]
    assert tracker.compare_to_baseline().size_change_bytes > 900_000
import ctypes
retain = ctypes.pythonapi.Py_IncRef
retain.argtypes = [ctypes.py_object]
before = heaptrail.native_held()
for _ in range(10):
    retain(Session())
assert [row.objects_change for row in heaptrail.native_held().growth_since(before).rows if row.type == "Session"] == [10]
@heaptrail.analyze_growth(repetitions=200)
def leak():
    jobs.append(Session())
assert leak().verdict == "growing"
monitor = heaptrail.MemoryMonitor(limit_bytes=10)
monitor.report("a", 11)
assert monitor.summary().status == "over"
print("works")
'''


PLUGIN = '''
KEPT = []

class Session:
    pass

def test_that_leaks():
    KEPT.append(Session())

def test_that_does_not():
    Session()
'''


def run(command, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode:
        raise RuntimeError("%s\n%s" % (" ".join(command), done.stdout.decode("utf-8", "replace")))
    return done.stdout.decode("utf-8", "replace")


def build(folder):
    """The wheel, made of a copy: building in place leaves files behind."""
    source = os.path.join(folder, "source")
    os.mkdir(source)
    for name in ("heaptrail", "heaptrail_agent"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(source, name), ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(os.path.join(ROOT, name), source)
    tools = os.path.join(folder, "tools")
    run([sys.executable, "-m", "venv", tools])
    run([os.path.join(tools, "bin", "python"), "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps", "-w", folder, source])
    (wheel,) = [name for name in os.listdir(folder) if name.endswith(".whl")]
    return os.path.join(folder, wheel)


def check_contents(wheel):
    """Every source file is in the wheel, and nothing of the tests."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = set()
    for top in ("heaptrail", "heaptrail_agent"):
        for folder, _, files in os.walk(os.path.join(ROOT, top)):
            for name in files:
                if name.endswith(".py") or name == "py.typed":
                    expected.add(os.path.relpath(os.path.join(folder, name), ROOT).replace(os.sep, "/"))
    if inside != expected:
        raise RuntimeError("in the wheel only: %s; missing: %s" % (sorted(inside - expected), sorted(expected - inside)))
    return len(inside)


def use(python, wheel, folder):
    """Installs without a network, and runs a program with an empty path."""
    place = os.path.join(folder, "venv")
    run([python, "-m", "venv", place])
    own = os.path.join(place, "bin", "python")
    run([own, "-m", "pip", "--disable-pip-version-check", "install", "--no-index", wheel])
    return run([own, "-X", "dev", "-W", "error", "-c", USE], env={"PATH": "", "LC_ALL": "C.UTF-8"}, cwd=folder).strip()


def use_plugin(python, folder):
    """pytest finds the plugin by its entry point: a leaking test fails, its twin passes, and without the option both do."""
    own = os.path.join(folder, "venv", "bin", "python")
    version = tuple(int(part) for part in run([python, "-c", "import sys; print('%d %d' % sys.version_info[:2])"]).split())
    packages = FULL.get(version) or SMOKE.get(version)
    if packages is None:
        return "no pytest is pinned for this version"
    run([own, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", packages[0]])
    with open(os.path.join(folder, "test_it.py"), "w", encoding="utf-8") as file:
        file.write(PLUGIN)
    plain = run([own, "-m", "pytest", "-q", "test_it.py"], cwd=folder)
    judged = subprocess.run(
        [own, "-m", "pytest", "-q", "--heaptrail", "test_it.py"], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT).stdout.decode("utf-8", "replace")
    if "2 passed" not in plain or "LEAK  test_it.Session   1 per call" not in judged or "1 failed, 1 passed" not in judged:
        raise RuntimeError("the plugin does not work:\n%s\n%s" % (plain, judged))
    return "finds a leak as a plugin of %s" % packages[0]


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel = build(folder)
        except RuntimeError as error:
            print("skipped: the wheel cannot be built here (no PyPI?)\n%s" % error)
            print("0 passed, 0 failed, 1 skipped")
            return 0
        print("%s: %d files, %d bytes" % (os.path.basename(wheel), check_contents(wheel), os.path.getsize(wheel)))
        for python in found_interpreters():
            with tempfile.TemporaryDirectory() as place:
                try:
                    print("%-50s %s" % (python, use(python, wheel, place)), flush=True)
                    print("%-50s %s" % ("", use_plugin(python, place)), flush=True)
                    passed += 1
                except RuntimeError as error:
                    print("%-50s FAILED\n%s" % (python, error), flush=True)
                    failed += 1
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
