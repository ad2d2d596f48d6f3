"""Runs a program and says, without heaptrail, whether it grows: `python probe.py PROGRAM [SECONDS]`. Standard library only.

It answers "is the exhibit itself right?" and nothing else: allocated blocks after a full collection, at a few moments after a warm-up, and the
lines whose live memory grew between the first and the last of them (tracemalloc). One line of JSON on standard error.
"""
import gc
import json
import os
import runpy
import sys
import threading
import time
import tracemalloc

WARM_UP_SECONDS = 6.5
LOOKS = 4


def look():
    for _ in range(3):
        gc.collect()
    return sys.getallocatedblocks(), len(gc.get_objects())


def watch(program, seconds):
    time.sleep(WARM_UP_SECONDS)
    rows = []
    first = None
    for number in range(LOOKS):
        if number:
            time.sleep((seconds - WARM_UP_SECONDS) / (LOOKS - 1))
        rows.append((time.monotonic(),) + look())
        if first is None:
            first = tracemalloc.take_snapshot()
    filters = [tracemalloc.Filter(False, name) for name in (__file__, tracemalloc.__file__, "<frozen*>")]
    lines = tracemalloc.take_snapshot().filter_traces(filters).compare_to(first.filter_traces(filters), "lineno")
    elapsed = rows[-1][0] - rows[1][0]
    print(json.dumps({
        "program": program,
        "python": sys.version.split()[0],
        "blocksPerSecond": round((rows[-1][1] - rows[1][1]) / elapsed, 1),
        "objectsPerSecond": round((rows[-1][2] - rows[1][2]) / elapsed, 1),
        "blocks": [row[1] for row in rows],
        "lines": ["%s:%d +%d (%d bytes)" % (line.traceback[0].filename.split("site-packages/")[-1], line.traceback[0].lineno, line.count_diff, line.size_diff)
                  for line in lines[:6] if line.size_diff > 500],
        "cpuSeconds": round(time.process_time(), 2),
    }), file=sys.stderr)
    sys.stderr.flush()
    os._exit(0)


def main():
    program = sys.argv[1]
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    sys.argv = [program] + sys.argv[3:]
    sys.path[0] = os.path.dirname(os.path.abspath(program))
    tracemalloc.start()
    threading.Thread(target=watch, args=(program, seconds), daemon=True).start()
    runpy.run_path(program, run_name="__main__")


main()
