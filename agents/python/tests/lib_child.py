"""Runs a piece of program that imports heaptrail in a fresh interpreter, and traps that its objects may set."""

import os
import subprocess
import sys
import textwrap

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)


class Outcome:
    """What a child did: exit code and text of both streams."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return "exit %r\n%s\n%s" % (self.code, self.out, self.err)


def run_child(code, *options, **environment):
    """Runs `code` with these options of the interpreter; warnings are errors and the development mode is on."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("HEAPTRAIL_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", *options, "-c", textwrap.dedent(code)],
        env=dict(inherited, PYTHONPATH=os.pathsep.join((ROOT, os.path.join(ROOT, "tests"))), **environment),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


class Trap:
    """Its every method fails the test that calls it."""

    calls = []

    def _fail(self, *_args, **_kwargs):
        Trap.calls.append(sys._getframe().f_back.f_code.co_name)
        raise AssertionError("code of the program was called")

    __repr__ = __str__ = __eq__ = __ne__ = __len__ = __bool__ = __getattribute__ = __format__ = _fail
    __iter__ = __contains__ = __getitem__ = __sizeof__ = __reduce__ = __reduce_ex__ = __dir__ = __lt__ = _fail

    def __hash__(self):
        Trap.calls.append("hash")
        raise AssertionError("code of the program was called")


class TrapType(type):
    """A metaclass of the same kind."""

    def _fail(cls, *_args, **_kwargs):
        Trap.calls.append("metaclass")
        raise AssertionError("code of the program was called")

    __repr__ = __str__ = __eq__ = __hash__ = __len__ = __bool__ = __getattribute__ = __instancecheck__ = __subclasscheck__ = _fail
    __name__ = property(_fail)


def trap_of_trap_type():
    """An object whose class is a trap as well."""
    return TrapType("TrapOfTrapType", (), {"__module__": __name__, "__slots__": ()})
