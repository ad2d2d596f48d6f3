"""Runs CPython's own tests with and without the agent and says whether the agent made a difference.

    python3 tests/compare_stdlib.py [--python EXE]... [--tests test_json,...] [--command "npx heaptrail run --out DIR --"]
    python3 tests/compare_stdlib.py --library      the library instead of the agent: it watches every thread and tracks memory

With --library the other run is under tracemalloc, for that alone makes CPython skip tests of subinterpreters, and lets it
hang in a fork or crash at its end. In test_gc nothing looks from a thread of its own: these tests fail beside any thread
that allocates.

What differs is repeated, first the tests that differ and then the module: what differs from run to run in the other run too
is called flaky, not different. A warning of CPython's harness is no outcome of a test, and is said of children that end while
a test ends: of the tests that were warned of, the other run has children that end a second later, as a watched child
does, and a warning that it gives as well is flaky. Without --command a small host listens, as in the other tests. Exit code 1 when something
differs with the agent alone.
"""

import argparse
import collections
import math
import os
import resource
import shlex
import signal
import subprocess
import sys
import tempfile

from agent_host import Host
from interpreters import found_interpreters
from stdlib_run import BAD, SECONDS_FOR_A_TEST, run_tests

TESTS = "test_json,test_weakref,test_threading,test_subprocess,test_signal"
LIBRARY_TESTS = "test_gc,test_weakref,test_asyncio,test_threading"
ASK_THE_COLLECTOR = frozenset(("test_gc",))
TIMES_ALONE = 10
TIMES_WHOLE = 4
# A warning that comes in one run of three stays away from ten of them in 2 % of the comparisons; so up to thirty.
TIMES_WARNED = 30
SECONDS_ALONE = 60
# One in a hundred by chance: below it a test fails more often with us.
SELDOM = 0.01
OF_MODULE = {
    "exit code": lambda outcome: outcome.code,
    "tests run": lambda outcome: outcome.counts,
    "warnings between tests": lambda outcome: _warned(outcome, ""),
}
WARNINGS_OF = "warnings of "
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


def differences(alone, watched):
    """{what: (without, with)} of two outcomes: tests by name, and what is said of the module as a whole."""
    # Other output (asyncio's debug mode complains of slow turns) may tear the line of a test apart: then its verdict is not
    # seen, in one run or the other. The numbers of tests and the exit code still have to agree, and no failure be hidden.
    found = {}
    for name in sorted(set(alone.results) | set(watched.results)):
        pair = alone.results.get(name), watched.results.get(name)
        if pair[0] != pair[1] and (None not in pair or any([value in BAD for value in pair])):
            found[name] = pair
    for method in sorted((set(alone.warned) | set(watched.warned)) - {""}):
        pair = _warned(alone, method), _warned(watched, method)
        if pair[0] != pair[1]:
            found[WARNINGS_OF + method] = pair
    for what, of in OF_MODULE.items():
        # Fewer run where a test that hung was left out; it is among the tests above.
        if of(alone) != of(watched) and not (what == "tests run" and alone.hung != watched.hung):
            found[what] = of(alone), of(watched)
    return found


def _warned(outcome, method):
    return "; ".join(sorted(outcome.warned.get(method, ()))) or "none"


def _said(outcome, what):
    """What a run says of one of the things that `differences` names."""
    if what in OF_MODULE:
        return OF_MODULE[what](outcome)
    if what.startswith(WARNINGS_OF):
        return _warned(outcome, what[len(WARNINGS_OF):])
    return outcome.results.get(what)


class Repetition:
    """What each run said of everything that differed at first, and whether that differs without us as well."""

    def __init__(self, found):
        self.without = {what: collections.Counter([pair[0]]) for what, pair in found.items()}
        self.with_us = {what: collections.Counter([pair[1]]) for what, pair in found.items()}

    @staticmethod
    def add(side, outcome, names):
        for what in names:
            side[what][_said(outcome, what)] += 1

    def ours(self, names=None):
        """What came out with us as it never did without, or as it seldom did; of these names, or of all."""
        return [
            what for what, values in self.with_us.items() if names is None or what in names
            if any([self._differs(values, self.without[what], value) for value in values])
        ]

    @staticmethod
    def _differs(with_us, without, value):
        return not without[value] or chance(
            with_us[value], sum(with_us.values()), without[value], sum(without.values())) < SELDOM

    def lines(self):
        for what in self.without:
            yield "    %s: without: %s | with: %s%s" % (
                what, _times(self.without[what]), _times(self.with_us[what]),
                "" if what in self.ours() else " | differs in the twin too, when its children end later"
                if what.startswith(WARNINGS_OF) else " | differs in the twin too")


def chance(hits, of, other_hits, of_others):
    """Fisher's exact test, one-sided: how often at least so many of all hits fall to the first by chance."""
    hits_in_all = hits + other_hits
    ways = [
        math.comb(of, first) * math.comb(of_others, hits_in_all - first)
        for first in range(max(0, hits_in_all - of_others), min(of, hits_in_all) + 1)]
    lowest = max(0, hits_in_all - of_others)
    return sum(ways[hits - lowest:]) / sum(ways)


def _times(values):
    return ", ".join(["%s %d times" % (value, count) if count > 1 else str(value) for value, count in values.most_common()])


def repeat(twins, found, times_alone, times_whole, times_warned):
    """Runs what differed again: the tests alone, with and without, and the twin as a whole until it has shown all of it."""
    repetition = Repetition(found)
    warnings = [what for what in found if what.startswith(WARNINGS_OF)]
    tests = [what for what in found if what not in OF_MODULE and what not in warnings]
    for _ in range(times_alone if tests else 0):
        repetition.add(repetition.without, twins.without(tests), tests)
        repetition.add(repetition.with_us, twins.watched(tests), tests)
    warned_of = [what[len(WARNINGS_OF):] for what in warnings]
    for turn in range(times_warned if warnings else 0):
        if turn >= times_alone and not repetition.ours(warnings):
            break
        repetition.add(repetition.without, twins.without(warned_of, children_end_late=True), warnings)
        repetition.add(repetition.with_us, twins.watched(warned_of), warnings)
    for _ in range(times_whole):
        if not repetition.ours(set(found) - set(warnings)):
            break
        repetition.add(repetition.without, twins.without(), found)
    return repetition


def compare(twins, times_alone=TIMES_ALONE, times_whole=TIMES_WHOLE, times_warned=TIMES_WARNED):
    """"same", "flaky" or "DIFFERENT"; prints one line, and what differs."""
    alone, watched = twins.without(), twins.watched()
    entered = twins.entered
    found = differences(alone, watched)
    repetition = repeat(twins, found, times_alone, times_whole, times_warned) if found else None
    word = "same" if repetition is None else "DIFFERENT" if repetition.ours() else "flaky"
    print("%-9s %-16s %-9s without: %s | with: %s | processes entered: %s" % (
        version_of(twins.python), twins.test, word, alone.summary(), watched.summary(), entered), flush=True)
    for line in repetition.lines() if repetition else ():
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
