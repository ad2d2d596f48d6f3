"""Every job has an executor of its own, and the list of jobs keeps it with its idle threads."""
import time
from concurrent.futures import ThreadPoolExecutor

jobs = []


class Job:
    def __init__(self, number):
        self.executor = ThreadPoolExecutor(2)
        self.result = self.executor.submit(pow, number, 2).result()


number = 0
while True:
    number += 1
    jobs.append(Job(number))
    time.sleep(0.1)
