"""A pool of threads for each batch, closed with it; the last twenty results are kept."""
import os
import time
from multiprocessing.pool import ThreadPool

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
batches = []


class Batch:
    def __init__(self, number):
        with ThreadPool(2) as pool:
            self.results = pool.map(abs, [number, -number])


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 1
    batches.append(Batch(number))
    del batches[:-20]
    time.sleep(0.3)
os._exit(0)
