"""A program that Ctrl-C ends, and that asks heaptrail something on its way out."""

import os
import signal
import subprocess
import sys
import tempfile
import unittest

from lib_child import ROOT

PROGRAM = """
import atexit, os, signal, threading
import heaptrail
{before}

def on_exit():
    {on_exit}
    print("asked", flush=True)

atexit.register(on_exit)
{after}
"""
INTERRUPT = "os.kill(os.getpid(), signal.SIGINT)"
ASK = "heaptrail.native_held(); heaptrail.stats(); heaptrail.process_memory"


def run(before="", on_exit="pass", after=INTERRUPT):
    """(exit code, standard output) of a program, started with Ctrl-C not ignored."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(PROGRAM.format(before=before, on_exit=on_exit, after=after))
        file.flush()
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("HEAPTRAIL_", "PYTHON"))}
        earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            done = subprocess.run(
                [sys.executable, "-W", "error", file.name], env=dict(inherited, PYTHONPATH=ROOT), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
        finally:
            signal.signal(signal.SIGINT, earlier)
    return done.returncode, done.stdout.decode()


class CtrlC(unittest.TestCase):
    def test_it_still_ends_a_program_by_its_signal(self):
        self.assertEqual(run(on_exit=ASK), (-signal.SIGINT, "asked\n"))

    def test_as_it_does_without_us(self):
        self.assertEqual(run(), (-signal.SIGINT, "asked\n"))

    def test_a_program_that_handled_it_ends_as_it_wants(self):
        handled = "try:\n    %s\nexcept KeyboardInterrupt:\n    pass" % INTERRUPT
        self.assertEqual(run(on_exit=ASK, after=handled), (0, "asked\n"))

    def test_a_program_that_goes_on_after_it_was_told_of_one_ends_as_it_wants(self):
        # As a console does that shows it: `sys.last_type` stays.
        told = "import sys\nsys.last_type = KeyboardInterrupt\n"
        self.assertEqual(run(after=told + ASK), (0, "asked\n"))
        self.assertEqual(run(after=told + "def ask():\n    %s\nthread = threading.Thread(target=ask); thread.start(); thread.join()" % ASK), (0, "asked\n"))

    def test_a_failure_stays_a_failure(self):
        self.assertEqual(run(on_exit=ASK, after="raise ValueError"), (1, "asked\n"))


if __name__ == "__main__":
    unittest.main()
