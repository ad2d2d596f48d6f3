"""Five dumps of one process of about a million objects, with some more objects before each: what `bench/run.ts` reads.

    python five_dumps.py OBJECTS FOLDER      prints one JSON object
"""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "agents", "python"))

from heaptrail_agent.dump import Dumper


class Item:
    def __init__(self, number):
        self.number = number + 1000
        self.name = "item %d" % number
        self.parts = [number + 2000, (number + 3000, "part")]


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main():
    objects, folder = int(sys.argv[1]), sys.argv[2]
    per_item = 8
    kept = [Item(number) for number in range(objects // per_item)]
    dumper = Dumper(keep_strings=False)
    results = []
    for sequence in range(1, 6):
        kept.extend([Item(number) for number in range(200)])
        path = os.path.join(folder, "dump-%d.heap" % sequence)
        pending = dumper.start(path, sequence, 120000.0, "auto")
        result = pending.poll()
        while result is None:
            time.sleep(0.02)
            result = pending.poll()
        results.append({"path": path, "status": result.status, "pauseMs": result.pauseMs, "childCpuMs": result.childCpuMs, "bytes": os.path.getsize(path)})
    print(json.dumps({"python": "%d.%d.%d" % sys.version_info[:3], "rssBytes": resident_bytes(), "dumps": results}))


main()
