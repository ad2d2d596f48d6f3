"""Every job registers its own bound method: the finalizer keeps alive the object whose end it waits for."""
import time
import weakref


class Job:
    def __init__(self, number):
        self.rows = [number] * 10
        self.closer = weakref.finalize(self, self.close)

    def close(self):
        self.rows = []


number = 0
while True:
    number += 1
    Job(number)
    time.sleep(0.02)
