"""Looks like a leak, is none: rings of the newest readings, one written by hand, some of them deques with a bound."""
import collections
import os
import time


class Reading:
    __slots__ = ("number", "value")

    def __init__(self, number):
        self.number = number
        self.value = number * 0.5


class Ring:
    def __init__(self, size):
        self.slots = []
        self.size = size
        self.place = 0

    def put(self, reading):
        if len(self.slots) < self.size:
            self.slots.append(reading)
        else:
            self.slots[self.place] = reading
            self.place = (self.place + 1) % self.size


ring = Ring(100)
by_station = {"north": collections.deque(maxlen=40), "south": collections.deque(maxlen=40), "pier": collections.deque(maxlen=40)}


def main():
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        ring.put(Reading(number))
        for readings in by_station.values():
            readings.append(Reading(number))
        number += 1
        time.sleep(0.04)


main()
