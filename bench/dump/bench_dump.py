"""What a dump costs: `python bench_dump.py [--objects N] [--out DIR]` prints one line of JSON.

The heap is a mix as services have it: instances with attributes, slotted ones, dicts, lists, tuples, texts, numbers.
"""

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from typing import List

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "agents", "python"))

from heaptrail_agent.dump import Dumper  # noqa: E402

# Objects that one row makes: the order, its text, price, line list, two lines, dict, its value, pair and two numbers.
_OBJECTS_OF_A_ROW = 10


class Order:
    def __init__(self, number: int) -> None:
        self.name = "order %d" % number
        self.price = number * 1.5
        self.lines = [Line(number, self.name), Line(number + 1, None)]
        self.options = {"colour": "c%d" % number, "size": number}
        self.place = (number, number + 100000)


class Line:
    __slots__ = ("product", "note")

    def __init__(self, product: int, note: object) -> None:
        self.product = product
        self.note = note


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--objects", type=int, default=1_000_000)
    arguments.add_argument("--out")
    given = arguments.parse_args()
    gc.disable()
    rows: "List[Order]" = [Order(number) for number in range(1000, 1000 + given.objects // _OBJECTS_OF_A_ROW)]
    gc.enable()
    folder = given.out or tempfile.mkdtemp(prefix="heaptrail-bench-")
    path = os.path.join(folder, "bench.heap")
    pending = Dumper(keep_strings=False).start(path, 1, 120_000, "auto")
    result = None
    while result is None:
        time.sleep(0.05)
        result = pending.poll()
    size = os.path.getsize(path) if result.status == "done" else 0
    objects = _objects(path) if size else 0
    with open("/proc/self/statm") as file:
        rss = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if given.out is None and size:
        os.unlink(path)
        os.rmdir(folder)
    figures = {
        "python": "%d.%d.%d" % sys.version_info[:3],
        "status": result.status,
        "mode": result.mode,
        "objects": objects,
        "childCpuMs": round(result.childCpuMs, 1),
        "cpuMsPerMillion": round(result.childCpuMs / max(1, objects) * 1e6, 1),
        "bytesPerObject": round(size / max(1, objects), 2),
        "pauseMs": round(result.pauseMs, 2),
        "rssBytes": rss,
        "rows": len(rows),
    }
    print(json.dumps(figures))


def _objects(path: str) -> int:
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "agents", "python", "tests"))
    from dump_reader import blocks_of

    with open(path, "rb") as file:
        kind, payload = blocks_of(file.read())[-1]
    assert kind == 16
    return int(json.loads(payload.decode())["objects"])


main()
