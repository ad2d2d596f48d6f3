"""Five dumps of one process of about a million objects, with some more objects before each: what `bench/run.ts` reads.

    python five_dumps.py OBJECTS FOLDER      prints one JSON object
"""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "agents", "python"))

from heaptrail_agent.dump import Dumper


# The heap is a mix as services have it: instances with attributes, slotted ones, dicts, lists, tuples, texts, numbers.
OBJECTS_OF_AN_ORDER = 11


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


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main():
    objects, folder = int(sys.argv[1]), sys.argv[2]
    orders = objects // OBJECTS_OF_AN_ORDER
    kept = [Order(number) for number in range(1000, 1000 + orders)]
    dumper = Dumper(keep_strings=False)
    results = []
    for sequence in range(1, 6):
        kept.extend([Order(number) for number in range(1000, 1200)])
        path = os.path.join(folder, "dump-%d.heap" % sequence)
        pending = dumper.start(path, sequence, 120000.0, "auto")
        result = pending.poll()
        while result is None:
            time.sleep(0.02)
            result = pending.poll()
        results.append({"path": path, "status": result.status, "pauseMs": result.pauseMs, "childCpuMs": result.childCpuMs, "bytes": os.path.getsize(path)})
    print(json.dumps({"python": "%d.%d.%d" % sys.version_info[:3], "rssBytes": resident_bytes(), "dumps": results}))


main()
