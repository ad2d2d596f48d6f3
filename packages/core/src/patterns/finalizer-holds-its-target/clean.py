"""The same without the mistake: the callback knows the resource, not the job."""
import time
import weakref


class Job:
    def __init__(self, number):
        self.rows = [number] * 10
        self.closer = weakref.finalize(self, self.rows.clear)


number = 0
while True:
    number += 1
    Job(number)
    time.sleep(0.02)
