"""Each job has an executor of its own, and the table of jobs keeps it with its idle threads."""
# expect: executor-or-pool-not-closed
import os
import time
from concurrent.futures import ThreadPoolExecutor

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
jobs = {}


class Job:
    def __init__(self, number):
        self.executor = ThreadPoolExecutor(2)
        self.results = list(self.executor.map(pow, [number, number], [2, 3]))


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 1
    jobs[number] = Job(number)
    time.sleep(0.2)
os._exit(0)
