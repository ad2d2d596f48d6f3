"""The same with a bound, a memo of a plain function, and a result that is kept with its instance."""
import functools
import time


@functools.lru_cache(maxsize=None)
def rate(kind):
    return kind * 1000


class Report:
    def __init__(self, rows):
        self.rows = rows

    @functools.lru_cache(maxsize=64)
    def total(self, factor):
        return sum(self.rows) * factor

    @property
    def mean(self):
        if "_mean" not in self.__dict__:
            self._mean = sum(self.rows) / len(self.rows)
        return self._mean


number = 0
while True:
    number += 1
    report = Report(list(range(number, number + 200)))
    report.total(rate(number % 7))
    report.mean
    time.sleep(0.02)
