"""What the programs of this folder share: they dump themselves and leave facts beside the dump, for the test that started them."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "..", "agents", "python"))

from heaptrail_agent.dump import Dumper

FOLDER = sys.argv[1]
_DEADLINE_MS = 120000.0


def dump():
    """Takes a dump of this process as it is."""
    pending = Dumper(keep_strings=False).start(os.path.join(FOLDER, "program.heap"), 1, _DEADLINE_MS, "auto")
    result = pending.poll()
    while result is None:
        time.sleep(0.01)
        result = pending.poll()
    if result.status != "done" or result.mode != "forked-child":
        sys.exit("the dump ended with %s, %s: %s" % (result.status, result.mode, result.text))


def leave(facts):
    with open(os.path.join(FOLDER, "facts.json"), "w") as file:
        json.dump(facts, file)
