"""The same without the mistake: one executor for all jobs."""
import time
from concurrent.futures import ThreadPoolExecutor

executor = ThreadPoolExecutor(2)


class Job:
    def __init__(self, number):
        self.result = executor.submit(pow, number, 2).result()


number = 0
while True:
    number += 1
    Job(number)
    time.sleep(0.1)
