"""Threads that wait at queues of every kind, which the main thread fills now and then."""
import os
import queue
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Pool:
    def __init__(self, kind, size):
        self.work = kind()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(size)]
        for thread in self.threads:
            thread.start()

    def run(self):
        while True:
            self.work.get()


def consume(work):
    for _ in iter(work.get, None):
        pass


pools = [Pool(kind, 5) for kind in (queue.Queue, queue.LifoQueue, queue.SimpleQueue)]
shared = queue.Queue()
threading.Thread(target=consume, args=(shared,), daemon=True).start()
threading.Thread(target=shared.join, daemon=True).start()
until = time.monotonic() + SECONDS
while time.monotonic() < until:
    time.sleep(2)
    for pool in pools:
        pool.work.put(1)
