"""Runs every test of the agent on every CPython found, some at a time, and checks the types.

    python3 tests/run_all.py [--durations N] [-k PATTERN]...      HEAPTRAIL_PYTHONS=/a/python:/b/python names the interpreters

An interpreter's tests run in a process for each group of modules: agent, dump, lib, pytest. Two groups at a time that
compute, and two of those that mostly wait for samples (agent). A second build of a version (Debian's 3.11 beside pyenv's)
has the groups that reach into the interpreter, agent and dump. Tests choose further: which_pythons.py.
`--durations N` prints the N tests that took longest, over all interpreters.
"""

import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

import check_types
from interpreters import interpreters_with_versions

HERE = os.path.dirname(os.path.abspath(__file__))
AT_ONCE = 2
WAITING = "agent"
OF_EACH_BUILD = ("agent", "dump")


class Run:
    """One group of tests on one interpreter: counts, the output, and a row [seconds, CPU seconds, name] for each test."""

    def __init__(self, python, group, modules):
        self.python, self.group, self.modules = python, group, modules
        self.passed = self.failed = self.skipped = 0
        self.seconds, self.text, self.rows = 0.0, "", []

    def run(self, options):
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith("HEAPTRAIL_") and key != "PYTHONPATH"
        }
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            times = os.path.join(folder, "times")
            done = subprocess.run(
                [self.python, "-W", "ignore::ResourceWarning", "timed_tests.py", times] + options + self.modules,
                cwd=HERE, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if os.path.exists(times):
                with open(times, encoding="utf-8") as file:
                    self.rows = [json.loads(line) for line in file]
        self.seconds = time.monotonic() - begun
        self.text = done.stdout.decode("utf-8", "replace")
        ran = int((re.findall(r"^Ran (\d+) tests?", self.text, re.M) or ["0"])[-1])
        failed = sum(int(number) for number in re.findall(r"(?:failures|errors)=(\d+)", self.text))
        self.skipped = sum(int(number) for number in re.findall(r"skipped=(\d+)", self.text))
        is_chosen_elsewhere = bool(options) and ran == 0 and "Ran 0 tests" in self.text
        if (ran == 0 or (done.returncode and not failed)) and not is_chosen_elsewhere:
            failed += 1
        self.failed = failed
        self.passed = int((re.findall(r"^Passed (\d+) tests", self.text, re.M) or ["0"])[-1])
        return self


def runs_of(pythons):
    """Of every interpreter and group. The oldest and the newest come first, which have most tests."""
    groups = {}
    for path in sorted(glob.glob(os.path.join(HERE, "test_*.py"))):
        name = os.path.basename(path)[:-3]
        groups.setdefault(name.split("_")[1], []).append(name)
    runs, seen = [], set()
    for version, python in pythons[-1:] + pythons[:-1]:
        for group in sorted(groups, key=lambda group: -len(groups[group])):
            if version not in seen or group in OF_EACH_BUILD:
                runs.append(Run(python, group, groups[group]))
        seen.add(version)
    return runs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--durations", type=int, default=0)
    parser.add_argument("-k", action="append", default=[])
    asked = parser.parse_args()
    pythons = interpreters_with_versions()
    if not pythons:
        print("no CPython from 3.8 on was found; name some in HEAPTRAIL_PYTHONS")
        return 1
    runs = runs_of(pythons)
    options = [word for pattern in asked.k for word in ("-k", pattern)]
    with ThreadPoolExecutor(AT_ONCE) as computing, ThreadPoolExecutor(AT_ONCE) as waiting:
        under_way = [(waiting if run.group == WAITING else computing).submit(run.run, options) for run in runs]
        for run in map(Future.result, as_completed(under_way)):
            print("%-45s %-7s %d passed, %d failed, %d skipped (%.0f s)" % (
                run.python, run.group, run.passed, run.failed, run.skipped, run.seconds), flush=True)
            if run.failed:
                print(run.text, flush=True)
    print_durations(runs, asked.durations)
    passed, failed, skipped = sum(run.passed for run in runs), sum(run.failed for run in runs), sum(run.skipped for run in runs)
    types = check_types.check()
    print("%-50s %s" % ("mypy --strict", types.text), flush=True)
    if types.ok is None:
        skipped += 1
    elif types.ok:
        passed += 1
    else:
        failed += 1
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    return 1 if failed else 0


def print_durations(runs, most):
    """Tests by their seconds on all interpreters together."""
    sums = {}
    for run in runs:
        for seconds, cpu, name in run.rows:
            wall, total, count = sums.get(name, (0, 0, 0))
            sums[name] = wall + seconds, total + cpu, count + 1
    for name, (wall, cpu, count) in sorted(sums.items(), key=lambda item: -item[1][0])[:most]:
        print("%7.1f s %7.1f s of CPU, %d times  %s" % (wall, cpu, count, name))


if __name__ == "__main__":
    sys.exit(main())
