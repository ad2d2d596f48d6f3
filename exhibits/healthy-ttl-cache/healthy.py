"""Looks like a leak, is none: sessions that live four seconds; as many end as begin, though every one of them is new."""
import os
import time


class Session:
    def __init__(self, number, ends):
        self.number = number
        self.ends = ends
        self.basket = ["item %d" % item for item in range(4)]


class Sessions:
    def __init__(self, seconds):
        self.seconds = seconds
        self.by_key = {}

    def open(self, number):
        now = time.monotonic()
        self.sweep(now)
        self.by_key["session-%d" % number] = Session(number, now + self.seconds)

    def sweep(self, now):
        for key in [key for key, session in self.by_key.items() if session.ends <= now]:
            del self.by_key[key]


sessions = Sessions(4.0)


def main():
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        sessions.open(number)
        number += 1
        time.sleep(0.04)


main()
