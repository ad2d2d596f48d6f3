"""Runs CPython's own tests with and without the agent and says whether the agent made a difference.

    python3 tests/compare_stdlib.py [--python EXE]... [--tests test_json,...] [--command "npx heaptrail run --out DIR --"]
    python3 tests/compare_stdlib.py --library      the library instead of the agent: it watches every thread and tracks memory

With --library the other run is under tracemalloc, for that alone makes CPython skip tests of subinterpreters, and lets it
hang in a fork or crash at its end. In test_gc nothing looks from a thread of its own: these tests fail beside any thread
that allocates.

What differs is repeated, first the tests that differ and then the module: what differs from run to run in the other run too
is called flaky, not different. A warning of CPython's harness is no outcome of a test: it is said of children that end just
when a test does, and children that are watched end later. So the tests that were warned of are repeated beside a twin whose
children end a second later, and a warning is a difference when it comes more often with us.

Without --command a small host listens, as in the other tests. Exit code 1 when something differs with the agent alone.
"""

import argparse
import os
import resource
import shlex
import signal
import subprocess
import sys
import tempfile

from agent_host import Host
from interpreters import found_interpreters
from stdlib_repetition import differences, repeat
from stdlib_run import SECONDS_FOR_A_TEST, run_tests

TESTS = "test_json,test_weakref,test_threading,test_subprocess,test_signal"
LIBRARY_TESTS = "test_gc,test_weakref,test_asyncio,test_threading"
ASK_THE_COLLECTOR = frozenset(("test_gc",))
TIMES_ALONE = 10
TIMES_WHOLE = 4
# A warning that comes in one run of three stays away from ten of them in 2 % of the comparisons; so up to thirty.
TIMES_WARNED = 30
SECONDS_ALONE = 60
HERE = os.path.dirname(os.path.abspath(__file__))


class Twins:
    """One module of one interpreter, runnable with the agent (or the library) and without; of it `only` some tests, by name."""

    def __init__(self, python, test, prefix=(), library=False):
        self.python, self.test, self.prefix, self.library = python, test, prefix, library
        self.plain = {key: value for key, value in os.environ.items() if not key.startswith("HEAPTRAIL_") and key != "PYTHONPATH"}
        self.entered = "?"

    def without(self, only=(), children_end_late=False):
        environment = dict(self.plain, PYTHONTRACEMALLOC="1") if self.library else dict(self.plain)
        if children_end_late:
            environment.update(PYTHONPATH=os.path.join(HERE, "late_children"), HEAPTRAIL_LATE="of this")
        return self._run(environment, only)

    def watched(self, only=()):
        if self.library:
            return self._with_library(only)
        if self.prefix:
            return self._run(self.plain, only, self.prefix)
        with Host() as host:
            outcome = self._run(host.environment(), only)
            host.settle(2)
            self.entered = len(host.hellos())
        return outcome

    def _run(self, environment, only, prefix=()):
        return run_tests(self.python, self.test, environment, prefix, only, seconds=SECONDS_ALONE if only else SECONDS_FOR_A_TEST)

    def _with_library(self, only):
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
            path = os.pathsep.join((os.path.join(HERE, "watched_interpreter"), os.path.dirname(HERE)))
            how = "itself" if self.test in ASK_THE_COLLECTOR else "threads"
            outcome = self._run(dict(self.plain, PYTHONPATH=path, HEAPTRAIL_WATCHED=log.name, HEAPTRAIL_WATCHED_BY=how), only)
            lines = log.read().splitlines()
        self.entered = "%d processes; the last: %s" % (len(lines), lines[-1] if lines else "nothing")
        return outcome


def compare(twins, times_alone=TIMES_ALONE, times_whole=TIMES_WHOLE, times_warned=TIMES_WARNED):
    """"same", "flaky" or "DIFFERENT"; prints one line, and what differs."""
    alone, watched = twins.without(), twins.watched()
    entered = twins.entered
    found = differences(alone, watched)
    repetitions = repeat(twins, found, times_alone, times_whole, times_warned)
    word = "same" if not found else "DIFFERENT" if any([repetition.ours() for repetition in repetitions]) else "flaky"
    print("%-9s %-16s %-9s without: %s | with: %s | processes entered: %s" % (
        version_of(twins.python), twins.test, word, alone.summary(), watched.summary(), entered), flush=True)
    for repetition in repetitions:
        for line in repetition.lines():
            print(line, flush=True)
    return word


def version_of(python):
    return subprocess.check_output([python, "-c", "import platform; print(platform.python_version())"]).decode().strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", action="append", help="an interpreter; default: every one found that has its tests")
    parser.add_argument("--tests")
    parser.add_argument("--library", action="store_true", help="the library watches and tracks, without an agent")
    parser.add_argument("--command", default="", help="what stands before the interpreter instead of the small host")
    options = parser.parse_args()
    # A shell that starts us in the background ignores Ctrl-C for us and, by inheritance, for the tests that send it to themselves.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # The usual soft limit. Where it equals the hard one the agent's descriptor cannot stand above it, and two tests
    # of test_subprocess, which list every descriptor of a child, see it.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
    pythons = options.python or [python for python in found_interpreters() if has_tests(python)]
    if not pythons:
        print("no interpreter with its own tests was found")
        return 1
    words = [
        compare(Twins(python, test, shlex.split(options.command), options.library))
        for python in pythons for test in (options.tests or (LIBRARY_TESTS if options.library else TESTS)).split(",")
    ]
    print("%d the same, %d flaky without us too, %d different" % (words.count("same"), words.count("flaky"), words.count("DIFFERENT")))
    return 1 if "DIFFERENT" in words else 0


def has_tests(python):
    return subprocess.call([python, "-c", "import test.test_json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    sys.exit(main())
