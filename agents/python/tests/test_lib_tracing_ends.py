"""The library's own tracing begins and ends beside threads that give memory back without the interpreter lock, as lzma does."""

import os
import subprocess
import sys
import unittest

from test_agent_tracing import THREADS

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

ENDS = """
from heaptrail.tracking.tracing import tracing
for _ in range(60):
    tracing.acquire(1)
    time.sleep(0.02)
    tracing.release()
print(tracemalloc.is_tracing(), flush=True)
os._exit(0)
"""


class Ends(unittest.TestCase):
    def test_neither_beginning_nor_end_of_a_tracing_crashes_the_program(self):
        # A beginning did, once in about a hundred: a thread took tracemalloc's function and CPython's context.
        done = subprocess.run(
            [sys.executable, "-c", THREADS + ENDS], env=dict(os.environ, PYTHONPATH=ROOT),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        self.assertEqual((done.returncode, done.stdout.strip()), (0, b"False"), done.stderr)


if __name__ == "__main__":
    unittest.main()
