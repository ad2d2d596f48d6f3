"""A memo on a method: every Report that was ever asked stays a key."""
import functools
import time


class Report:
    def __init__(self, rows):
        self.rows = rows

    @functools.lru_cache(maxsize=None)
    def total(self, factor):
        return sum(self.rows) * factor


number = 0
while True:
    number += 1
    report = Report(list(range(number, number + 200)))
    report.total(1)
    report.total(2)
    time.sleep(0.02)
