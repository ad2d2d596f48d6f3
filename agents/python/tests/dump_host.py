"""Runs small programs in child interpreters that dump themselves, for the tests of the dumper."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
from typing import Any, Dict, Optional

from dump_reader import Dump, load

PACKAGE_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# What every program has: `take` dumps the process and waits; the facts that it notes go to the test as JSON.
_PRELUDE = """
import sys, os, time, json, gc
sys.path.insert(0, %(root)r)
from heaptrail_agent.dump import Dumper
OUT = %(out)r
FACTS = {}
DUMPERS = {}
def finish(pending, seconds=90):
    until = time.monotonic() + seconds
    while True:
        result = pending.poll()
        if result is not None:
            return result
        if time.monotonic() > until:
            raise SystemExit("the dump does not end")
        time.sleep(0.005)
def take(name="a", mode="auto", keep_strings=False, deadline_ms=60000):
    if keep_strings not in DUMPERS:
        DUMPERS[keep_strings] = Dumper(keep_strings=keep_strings)
    result = finish(DUMPERS[keep_strings].start(os.path.join(OUT, name + ".heap"), 1, deadline_ms, mode))
    FACTS.setdefault("results", []).append([result.status, result.mode, result.code, result.text])
    return result
#--- the program
"""
_POSTLUDE = """
with open(os.path.join(OUT, "facts.json"), "w") as file:
    json.dump(FACTS, file)
"""


class Outcome:
    """What a program left behind."""

    def __init__(self, folder: str, facts: "Dict[str, Any]") -> None:
        self.folder = folder
        self.facts = facts

    def path(self, name: str = "a") -> str:
        return os.path.join(self.folder, name + ".heap")

    def dump(self, name: str = "a") -> Dump:
        return load(self.path(name))


class DumpTestCase(unittest.TestCase):
    """Each program runs in an interpreter of its own, with a folder of its own."""

    def run_program(self, source: str, *, arguments: "tuple[str, ...]" = (), options: "tuple[str, ...]" = (), env: "Optional[Dict[str, str]]" = None, done: bool = True) -> Outcome:
        folder = tempfile.mkdtemp(prefix="heaptrail-dump-")
        self.addCleanup(shutil.rmtree, folder, True)
        script = os.path.join(folder, "program.py")
        with open(script, "w") as file:
            file.write(_PRELUDE % {"root": PACKAGE_ROOT, "out": folder} + textwrap.dedent(source) + _POSTLUDE)
        ended = subprocess.run(
            [sys.executable, *options, script, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=300,
            env=dict(os.environ, PYTHONHASHSEED="0", **(env or {})),
        )
        self.assertEqual(ended.returncode, 0, ended.stderr.decode("utf-8", "replace")[-4000:])
        with open(os.path.join(folder, "facts.json")) as file:
            facts: "Dict[str, Any]" = json.load(file)
        if done:
            for status, _, code, text in facts.get("results", []):
                self.assertEqual(status, "done", "%s: %s" % (code, text))
        return Outcome(folder, facts)


def line_of(source: str, mark: str) -> int:
    """The line that carries `mark`, as the program sees its own file."""
    text = _PRELUDE % {"root": "", "out": ""} + textwrap.dedent(source)
    for number, line in enumerate(text.split("\n"), 1):
        if mark in line + "\n":
            return number
    raise AssertionError("no line has %r" % mark)
