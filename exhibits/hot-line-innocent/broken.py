"""A price feed: one line makes a thousand quotes a second and lets them go; another, quiet one keeps a few for ever."""
import collections
import os
import time


class Quote:
    def __init__(self, number, price):
        self.number = number
        self.price = price


class Feed:
    def __init__(self):
        self.window = collections.deque(maxlen=2000)
        self.disputed = []
        self.number = 0

    def burst(self):
        for _ in range(50):
            self.number += 1
            self.window.append(Quote(self.number, self.number % 97))  # HOT: most allocations, all of them let go

    def dispute(self):
        self.disputed.append(Quote(self.number, 0))  # LEAK


feed = Feed()


def main():
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        feed.burst()
        feed.dispute()
        time.sleep(0.05)


main()
