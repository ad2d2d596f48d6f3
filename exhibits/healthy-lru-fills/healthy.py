"""Looks like a leak, is none: an LRU cache that fills for its first seconds and then drops an old entry for each new one."""
import functools
import os
import time


class Article:
    def __init__(self, number):
        self.number = number
        self.words = ["word %d" % word for word in range(5)]


@functools.lru_cache(maxsize=200)
def article(number):
    return Article(number)


def main():
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        article(number)
        article(number + 1)
        article(max(0, number - 50))
        number += 2
        time.sleep(0.05)


main()
