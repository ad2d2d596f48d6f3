"""A supervisor joins its worker, and the worker waits for a condition of a job that the oldest of ten hears of."""
import collections
import os
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Job:
    def __init__(self):
        self.ready = threading.Condition()

    def work(self):
        with self.ready:
            self.ready.wait()

    def get_ready(self):
        with self.ready:
            self.ready.notify_all()

    def supervise(self):
        worker = threading.Thread(target=self.work, daemon=True)
        worker.start()
        worker.join()


jobs = collections.deque()
until = time.monotonic() + SECONDS
while time.monotonic() < until:
    jobs.append(Job())
    threading.Thread(target=jobs[-1].supervise, daemon=True).start()
    if len(jobs) > 10:
        jobs.popleft().get_ready()
    time.sleep(0.2)
