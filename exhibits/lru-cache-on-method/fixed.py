"""A reporting service: each request makes a report of its rows and asks for two totals, which are remembered."""
import functools
import os
import time


class Report:
    def __init__(self, first):
        self.rows = [first + step for step in range(200)]

    @functools.lru_cache(maxsize=64)
    def total(self, factor):
        return sum(self.rows) * factor


def answer(number):
    report = Report(number)
    return report.total(1) + report.total(2)


def main():
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        number += 1
        answer(number)
        time.sleep(0.04)


main()
