"""One run of a module of CPython's own tests, test by test, with a limit of time for each test."""

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import threading
import time

SECONDS_FOR_A_TEST = 180
# A module in which more tests than these hang has another trouble.
MOST_HANGS = 5
TIMED_OUT = "timed out"
BAD = ("FAIL", "ERROR", "unexpected success", TIMED_OUT)
_STARTED = re.compile(r"(\w+) \(([\w.]+)\)")
_VERDICT = re.compile(r"\.\.\. (ok|FAIL|ERROR|expected failure|unexpected success|skipped.*)$")
_FAILURE = re.compile(r"^(FAIL|ERROR): (\w+) \(([\w.]+)\)", re.M)
# On a line of its own, or on that of the test that is running.
_WARNING = re.compile(r"(?:.*\.\.\. )?Warning -- (.*)")
_TESTS_ARE_OVER = re.compile(r"Ran \d+ tests?")
# What differs from run to run without any agent.
_NUMBER = re.compile(r"0x[0-9a-f]+|\d+\.\d+ ?s|pid \d+")


class Outcome:
    """What one module said in one run: `results` by test, the number of tests that ran, warnings of the harness, exit code.

    `warned` has the warnings by the method of the test that was running, under "" what was said between tests. Each is there
    once, without its numbers: a method may be run by several classes. `before` has the method that ran before one that was
    warned of: the child may be that one's."""

    def __init__(self, code, text, hung=()):
        self.code = code
        self.hung = len(hung)
        self.counts = " ".join(re.findall(r"^Ran (\d+) tests?", text, re.M)) or "-"
        self.results = dict.fromkeys(hung, TIMED_OUT)
        self.warned = {}
        self.before = {}
        self.warnings = 0
        for before, method, warning in _warnings(text):
            self.before[method] = before
            self.warned.setdefault(method, set()).add(re.sub(r"\d+", "#", warning))
            self.warnings += 1
        for name, verdict in _verdicts(text):
            if verdict and name not in self.results:
                self.results[name] = _NUMBER.sub("#", verdict)
        # Other output may have torn the verdict from its test; failures are said again below.
        for verdict, *name in _FAILURE.findall(text):
            self.results.setdefault(" ".join(name), verdict)

    def summary(self):
        values = list(self.results.values())
        bad = sum(value in BAD for value in values)
        skipped = sum(value.startswith("skipped") for value in values)
        return "ran %s, bad %d, skipped %d, warnings %d, exit %d" % (self.counts, bad, skipped, self.warnings, self.code)


def run_tests(python, test, environment, prefix=(), only=(), options=("-u", "none"), seconds=SECONDS_FOR_A_TEST):
    """Runs the module, or `only` these of its tests. A test that says nothing for so many seconds is ended and left out of
    another run of the whole module: the others are still compared, and it has the result `timed out`."""
    hung = []
    while True:
        command = list(prefix) + [python, "-m", "test", "-v"] + list(options)
        command += [part for name in only for part in ("-m", pattern_of(name))]
        command += [part for name in hung for part in ("-i", pattern_of(name))]
        code, text, stalled = _run(command + [test], environment, seconds)
        name = _unfinished(text) if stalled else None
        if name is None or name in hung or len(hung) == MOST_HANGS:
            return Outcome(code, text, hung)
        hung.append(name)


def pattern_of(name):
    """The test as `-m` and `-i` of CPython's runner want it; before 3.11 a test is named without its method behind the class.
    A method alone stands for that of every class."""
    method, *path = name.split()
    if not path:
        return "*." + method
    steps = path[0].split(".")
    return ".".join(["*", steps[-2] if steps[-1] == method else steps[-1], method])


def _verdicts(text):
    """(test, verdict or None) in the order of the lines. What a test prints may stand between its name and its verdict."""
    name = ""
    for line in text.splitlines():
        started = _STARTED.match(line)
        if started:
            name = "%s %s" % started.groups()
            yield name, None
        verdict = _VERDICT.search(line)
        if verdict and name:
            yield name, verdict.group(1)


def _warnings(text):
    """(method of the test before, or "", that of the test that was running, or "", and the warning)"""
    before = method = last = ""
    for line in text.splitlines():
        started = _STARTED.match(line)
        if started:
            method = started.group(1)
            if method != last:
                before, last = last, method
        warning = _WARNING.match(line)
        if warning:
            yield before, method, warning.group(1)
        if _VERDICT.search(line) or _TESTS_ARE_OVER.match(line):
            method = ""


def _unfinished(text):
    """The test that had begun last, when it has no verdict."""
    last = None
    for name, verdict in _verdicts(text):
        last = name if verdict is None else None
    return last


def _run(command, environment, seconds):
    """(exit code, output, whether it was ended because it was silent for so long)"""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        pieces = []
        heard = [time.monotonic()]

        def listen():
            for piece in iter(lambda: process.stdout.read1(65536), b""):
                pieces.append(piece)
                heard[0] = time.monotonic()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        stalled = False
        while process.poll() is None:
            stalled = time.monotonic() - heard[0] > seconds
            if stalled:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                break
            time.sleep(0.05)
        # A child that outlived the run may still have the pipe.
        listener.join(5)
        if listener.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            listener.join(5)
        process.stdout.close()
        text = b"".join(pieces).decode("utf-8", "replace")
    return process.returncode, text, stalled
