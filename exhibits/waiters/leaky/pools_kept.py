"""A pool of threads for each batch, kept with its results and never closed: its workers and its three helper threads stay."""
# expect: executor-or-pool-not-closed
import os
import time
from multiprocessing.pool import ThreadPool

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
batches = []


class Batch:
    def __init__(self, number):
        self.pool = ThreadPool(2)
        self.results = self.pool.map(abs, [number, -number])


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 1
    batches.append(Batch(number))
    time.sleep(0.3)
os._exit(0)
