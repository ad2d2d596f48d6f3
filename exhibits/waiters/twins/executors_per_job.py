"""Each job has an executor of its own and shuts it down; the table of jobs keeps the last twenty results."""
import os
import time
from concurrent.futures import ThreadPoolExecutor

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
jobs = {}


class Job:
    def __init__(self, number):
        with ThreadPoolExecutor(2) as executor:
            self.results = list(executor.map(pow, [number, number], [2, 3]))


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 1
    jobs[number % 20] = Job(number)
    time.sleep(0.2)
os._exit(0)
