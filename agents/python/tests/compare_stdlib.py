"""Runs CPython's own tests with and without the agent and says whether the agent made a difference.

    python3 tests/compare_stdlib.py [--python EXE]... [--tests test_json,...] [--command "npx heaptrail run --out DIR --"]
    python3 tests/compare_stdlib.py --library      the library instead of the agent: it watches every thread and tracks memory

With --library the other run is under tracemalloc, for that alone makes CPython skip tests of subinterpreters. In test_gc
nothing looks from a thread of its own: these tests fail beside any thread that allocates.

Without --command a small host listens, as in the other tests. Exit code 1 when a count or a result differs.
"""

import argparse
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile

from agent_host import Host
from interpreters import found_interpreters

TESTS = "test_json,test_weakref,test_threading,test_subprocess,test_signal"
LIBRARY_TESTS = "test_gc,test_weakref,test_asyncio,test_threading"
ASK_THE_COLLECTOR = frozenset(("test_gc",))
BAD = ("FAIL", "ERROR", "unexpected success")
HERE = os.path.dirname(os.path.abspath(__file__))
_VERDICT = re.compile(r"\.\.\. (ok|FAIL|ERROR|expected failure|unexpected success|skipped.*)$")
# What differs from run to run without any agent.
_NUMBER = re.compile(r"0x[0-9a-f]+|\d+\.\d+ ?s|pid \d+")


class Outcome:
    """One test module in one run."""

    def __init__(self, code, text):
        self.code = code
        self.counts = " ".join(re.findall(r"^Ran (\d+) tests?", text, re.M)) or "-"
        self.results = {}
        name = ""
        for line in text.splitlines():
            named = re.match(r"(\w+) \(([\w.]+)\)", line)
            if named:
                name = "%s %s" % named.groups()
            verdict = _VERDICT.search(line)
            if verdict and name:
                self.results[name] = _NUMBER.sub("#", verdict.group(1))
        self.warnings = len(re.findall(r"^Warning -- ", text, re.M))

    def summary(self):
        values = list(self.results.values())
        bad = sum(value in BAD for value in values)
        skipped = sum(value.startswith("skipped") for value in values)
        return "ran %s, bad %d, skipped %d, warnings %d, exit %d" % (self.counts, bad, skipped, self.warnings, self.code)


def run_tests(python, test, environment, prefix=()):
    command = list(prefix) + [python, "-m", "test", "-v", "-u", "none", test]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1500)
    return Outcome(done.returncode, done.stdout.decode("utf-8", "replace"))


def run_watched(python, test, environment):
    """As run_tests, with the library at work; and what it saw, in words."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        path = os.pathsep.join((os.path.join(HERE, "watched_interpreter"), os.path.dirname(HERE)))
        how = "itself" if test in ASK_THE_COLLECTOR else "threads"
        outcome = run_tests(python, test, dict(environment, PYTHONPATH=path, HEAPTRAIL_WATCHED=log.name, HEAPTRAIL_WATCHED_BY=how))
        lines = log.read().splitlines()
    return outcome, "%d processes; the last: %s" % (len(lines), lines[-1] if lines else "nothing")


def compare(python, test, prefix, library=False):
    """True when the two runs say the same; prints one line, and the differences."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("HEAPTRAIL_") and key != "PYTHONPATH"}
    alone = run_tests(python, test, dict(plain, PYTHONTRACEMALLOC="1") if library else plain)
    if library:
        watched, entered = run_watched(python, test, plain)
    elif prefix:
        watched = run_tests(python, test, plain, prefix)
        entered = "?"
    else:
        with Host() as host:
            watched = run_tests(python, test, host.environment())
            host.settle(2)
            entered = len(host.hellos())
    different = [
        (name, alone.results.get(name), watched.results.get(name))
        for name in sorted(set(alone.results) | set(watched.results))
        if alone.results.get(name) != watched.results.get(name)
    ]
    # Other output (asyncio's debug mode complains of slow turns) may tear the line of a test apart: then its verdict is not
    # seen, in one run or the other. The numbers of tests and the exit code still have to agree, and no failure be hidden.
    different = [row for row in different if None not in row[1:] or any([value in BAD for value in row[1:]])]
    same = not different and (alone.counts, alone.code, alone.warnings) == (watched.counts, watched.code, watched.warnings)
    print("%-9s %-16s %-9s without: %s | with: %s | processes entered: %s" % (
        version_of(python), test, "same" if same else "DIFFERENT", alone.summary(), watched.summary(), entered), flush=True)
    for name, before, after in different:
        print("    %s: %s -> %s" % (name, before, after), flush=True)
    return same


def version_of(python):
    return subprocess.check_output([python, "-c", "import platform; print(platform.python_version())"]).decode().strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", action="append", help="an interpreter; default: every one found that has its tests")
    parser.add_argument("--tests")
    parser.add_argument("--library", action="store_true", help="the library watches and tracks, without an agent")
    parser.add_argument("--command", default="", help="what stands before the interpreter instead of the small host")
    options = parser.parse_args()
    # The usual soft limit. Where it equals the hard one the agent's descriptor cannot stand above it, and two tests
    # of test_subprocess, which list every descriptor of a child, see it.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
    pythons = options.python or [python for python in found_interpreters() if has_tests(python)]
    if not pythons:
        print("no interpreter with its own tests was found")
        return 1
    results = [
        compare(python, test, shlex.split(options.command), options.library)
        for python in pythons for test in (options.tests or (LIBRARY_TESTS if options.library else TESTS)).split(",")
    ]
    print("%d the same, %d different" % (results.count(True), results.count(False)))
    return 0 if all(results) else 1


def has_tests(python):
    return subprocess.call([python, "-c", "import test.test_json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    sys.exit(main())
