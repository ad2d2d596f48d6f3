"""Writes `golden-<version>.heap` and, beside it, what a reader must find in it.

    for v in 3.8 3.11 3.13; do python$v -S -E protocol/golden/make_golden.py; done

The files bind writers and readers to `protocol/heap-dump.md`. They differ from run to run in addresses, and
between machines in the names of the interpreter's own files. Few modules are loaded, so that the files stay small.
"""

import os
import sys
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(FOLDER, "..", "..", "agents", "python"))
sys.dont_write_bytecode = True

PROGRAM = """
import weakref, _functools, _collections
class Plain:
    def __init__(self, **given):
        for name in given:
            setattr(self, name, given[name])
class Slotted:
    __slots__ = ("left", "right")
class Lost:
    pass
plain = Plain(answer=42, ratio=0.5, flag=True, child=Plain(name="leaf"))
slotted = Slotted(); slotted.left = plain
table = {"word": [plain, (slotted,)], "not an identifier": 1, 7: "seven"}
queue = _collections.deque([1, 2, 3], 5)
def closing(captured):
    return lambda: captured
closure = closing(table)
def generate():
    mine = plain
    yield mine
generator = generate(); next(generator)
reference = weakref.ref(plain)
many = [Plain(number=number) for number in range(50)]
def lose():
    for _ in range(5):
        lost = Lost(); lost.me = lost
lose()
"""

# Paths from the module's variables: labels by which a reader must get from one object to the next, then the type.
PATHS = [
    [["table"], "dict"],
    [["table", "word"], "list"],
    [["table", "word", 0], "Plain"],
    [["table", "word", 1, 0], "Slotted"],
    [["plain", "answer"], "int"],
    [["plain", "child"], "Plain"],
    [["slotted", "left"], "Plain"],
    [["generator"], "generator"],
    [["queue"], "collections.deque"],
    [["many"], "list"],
    [["many", 49], "Plain"],
]


def main() -> None:
    import gc

    from heaptrail_agent.dump import Dumper
    from heaptrail_agent.json_text import encode

    module = type(sys)("golden")
    sys.modules["golden"] = module
    gc.collect()
    gc.disable()
    exec(compile(PROGRAM, "golden.py", "exec"), module.__dict__)
    version = "%d.%d" % sys.version_info[:2]
    path = os.path.join(FOLDER, "golden-%s.heap" % version)
    pending = Dumper(keep_strings=False).start(path, 1, 20000, "auto")
    result = None
    while result is None:
        time.sleep(0.01)
        result = pending.poll()
    if result.status != "done" or result.mode != "forked-child":
        raise SystemExit("%s: %s" % (result.status, result.text))
    expected = {
        "version": "%d.%d.%d" % sys.version_info[:3],
        "counts": {"golden.Plain": 52, "golden.Slotted": 1, "golden.Lost": 5},
        "values": {"answer": 42, "ratio": 0.5, "flag": True},
        "bound": {"name": "maxlen", "limit": 5, "current": 3},
        "hidden": "not an identifier",
        "paths": [{"labels": labels, "type": kind} for labels, kind in PATHS],
    }
    with open(os.path.join(FOLDER, "golden-%s.json" % version), "w") as file:
        file.write(encode(expected) + "\n")


main()
