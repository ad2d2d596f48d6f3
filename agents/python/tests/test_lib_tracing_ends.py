"""The library's own tracing begins and ends in programs that make it hard: threads that give memory back without the
interpreter lock, as lzma does, audit hooks, tracings of the program's own, forks, interpreters that end."""

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

# An audit hook stands in for a thread that runs between two lines of ours.
MEANWHILE = """
import sys, tracemalloc
from tracemalloc import start
from heaptrail.tracking.tracing import tracing
begun = []
def hook(event, arguments):
    if event == sys.argv[1] and not begun: begun.append(start(7))
sys.addaudithook(hook)
tracing.acquire(3)
print(len(begun), tracing.is_ours, tracemalloc.get_traceback_limit())
tracing.release()
print(tracemalloc.is_tracing())
"""

FORBIDDEN = """
import sys, tracemalloc
from heaptrail.tracking.tracing import tracing
def hook(event, arguments):
    if event.startswith(sys.argv[1]): raise RuntimeError(event)
sys.addaudithook(hook)
tracing.acquire(3)
print(tracing.is_ours)
tracing.release()
print(tracemalloc.is_tracing())
"""

# Who traces after each step, and the same in forked children, of a parent that traces and of one that does not.
WITH_THE_PROGRAMS = """
import os, tracemalloc
from heaptrail.tracking.tracing import tracing
def turn():
    tracemalloc.stop()
    tracing.acquire(3); first = tracing.is_ours
    tracemalloc.stop(); tracemalloc.start(2)
    tracing.release(); between = tracemalloc.is_tracing()
    tracemalloc.stop()
    tracing.acquire(3); tracemalloc.start(2); tracing.release(); beside = tracemalloc.is_tracing()
    tracing.acquire(3); tracing.release(); before = tracemalloc.is_tracing()
    tracemalloc.stop()
    tracing.acquire(3); again = tracing.is_ours
    tracing.release(); after = tracemalloc.is_tracing()
    return first, between, beside, before, again, after
expected = (True, True, True, True, True, False)
print(turn() == expected, flush=True)
for parent_traces in (False, True):
    if parent_traces: tracing.acquire(3)
    pid = os.fork()
    if pid == 0:
        if parent_traces: tracing.release()
        os._exit(0 if not tracemalloc.is_tracing() and turn() == expected else 1)
    print(os.waitpid(pid, 0)[1], tracing.is_ours is parent_traces, flush=True)
"""

AFTER_A_SUBINTERPRETER = """
import ctypes, sys, tracemalloc
try:
    import _interpreters
    interpreter = _interpreters.create("legacy")
except ImportError:
    import _xxsubinterpreters as _interpreters
    interpreter = _interpreters.create(**({"isolated": False} if sys.version_info > (3, 9) else {}))
failed = _interpreters.run_string(interpreter, "import sys; sys.path[:] = %r" % sys.path + '''
from heaptrail.tracking.tracing import tracing
tracing.acquire(3)
print(tracing.is_ours, flush=True)
''')
_interpreters.destroy(interpreter)
filler = [bytearray(b"x" * size) for size in range(1, 512) for _ in range(200)]
def allocator(address):
    return list((ctypes.c_size_t * 5).from_address(address))
found = (ctypes.c_size_t * 5)()
ctypes.pythonapi.PyMem_GetAllocator(0, found)
context, *functions = found
print(failed, tracemalloc.is_tracing(), allocator(context) == [0] + functions)
"""


class Ends(unittest.TestCase):
    def said(self, code, *arguments, options=(), env=None):
        done = subprocess.run(
            [sys.executable, *options, "-W", "ignore", "-c", code, *arguments], env=dict(os.environ, PYTHONPATH=ROOT, **env or {}),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.decode().splitlines()

    def test_neither_beginning_nor_end_of_a_tracing_crashes_the_program(self):
        # A beginning did, once in about a hundred: a thread took tracemalloc's function and CPython's context.
        self.assertEqual(self.said(THREADS + ENDS), ["False"])

    def test_a_tracing_that_another_thread_begins_meanwhile_is_not_ours_to_stop(self):
        for event in ("ctypes.dlopen", "ctypes.dlsym"):
            with self.subTest(event):
                self.assertEqual(self.said(MEANWHILE, event), ["1 False 7", "True"])

    def test_a_tracing_that_another_thread_begins_at_our_end_is_not_stopped(self):
        # It was, once in about 160,000 ends beside a thread that began and ended its own.
        code = """
import tracemalloc
from heaptrail_agent.locked_tracing import start_under_lock, stop_under_lock
print(start_under_lock(3))
mark = object()
tracemalloc.stop(); tracemalloc.start(2)
stop_under_lock(mark)
print(tracemalloc.is_tracing())
stop_under_lock(object())
print(tracemalloc.is_tracing())
"""
        self.assertEqual(self.said(code), ["True", "True", "False"])

    def test_an_audit_hook_that_forbids_ctypes_does_not_fail_the_program(self):
        # What the hook raised came out of MemoryTracker.
        for event in ("ctypes", "ctypes.dlsym", "open"):
            with self.subTest(event):
                self.assertEqual(self.said(FORBIDDEN, event), ["True", "False"])

    def test_the_programs_own_tracing_before_between_beside_and_in_forked_children(self):
        ways = [("-X", "dev"), {}], [(), {}], [(), {"PYTHONTRACEMALLOC": "1"}], [(), {"PYTHONMALLOC": "malloc"}], [(), {"PYTHONMALLOC": "debug"}]
        for options, env in ways:
            with self.subTest(options=options, env=env):
                self.assertEqual(self.said(WITH_THE_PROGRAMS, options=options, env=env), ["True", "0 True", "0 True"])

    def test_the_raw_domains_context_outlives_the_interpreter_that_traced(self):
        # It lay in an object of that interpreter, which was freed with it.
        self.assertEqual(self.said(AFTER_A_SUBINTERPRETER), ["True", "None True True"])

    @unittest.skipIf(sys.version_info < (3, 12), "no interpreter has a lock of its own")
    def test_a_subinterpreter_with_a_lock_of_its_own_is_told_that_it_cannot_trace(self):
        # It was told that CPython 3.13 has no tracemalloc.
        code = """
import sys, tracemalloc
try: import _interpreters
except ImportError: import _xxsubinterpreters as _interpreters
interpreter = _interpreters.create()
_interpreters.run_string(interpreter, "import sys; sys.path[:] = %r" % sys.path + '''
import heaptrail
try: heaptrail.MemoryTracker().__enter__()
except heaptrail.TracingUnavailableError as error: print(str(error).split("of cpython")[0], flush=True)
''')
"""
        self.assertEqual(self.said(code), ["this interpreter "])


if __name__ == "__main__":
    unittest.main()
