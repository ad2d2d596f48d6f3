"""A supervisor joins its worker, and the worker waits for a condition of a job that is gone."""
# expect: thread-never-ends
import os
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Job:
    def __init__(self):
        self.ready = threading.Condition()

    def work(self):
        with self.ready:
            self.ready.wait()  # WAITS TOO

    def supervise(self):
        worker = threading.Thread(target=self.work, daemon=True)
        worker.start()
        worker.join()  # WAITS


until = time.monotonic() + SECONDS
while time.monotonic() < until:
    threading.Thread(target=Job().supervise, daemon=True).start()
    time.sleep(0.2)
