"""One dump of a process of so many objects, a mix as services have it: instances with attributes, slotted ones, dicts, lists, tuples, texts, numbers.

    python cpython_heap.py OBJECTS FILE
"""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "agents", "python"))

from heaptrail_agent.dump import Dumper

OBJECTS_OF_AN_ORDER = 11
DEADLINE_MS = 600000.0


class Order:
    def __init__(self, number):
        self.name = "order %d" % number
        self.price = number * 1.5
        self.lines = [Line(number, self.name), Line(number + 1, None)]
        self.options = {"colour": "c%d" % number, "size": number}
        self.place = (number, number + 100000)


class Line:
    __slots__ = ("product", "note")

    def __init__(self, product, note):
        self.product = product
        self.note = note


def main():
    objects, path = int(sys.argv[1]), sys.argv[2]
    kept = [Order(number) for number in range(1000, 1000 + objects // OBJECTS_OF_AN_ORDER)]
    pending = Dumper(keep_strings=False).start(path, 1, DEADLINE_MS, "auto")
    result = pending.poll()
    while result is None:
        time.sleep(0.02)
        result = pending.poll()
    if result.status != "done":
        sys.exit("the dump of %d orders ended with %s" % (len(kept), result.status))


main()
