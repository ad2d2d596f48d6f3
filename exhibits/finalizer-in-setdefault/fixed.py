"""A gateway mirrors the readings of a few sensors and wants to forget a sensor when it is gone."""
import os
import time
import weakref


class Sensor:
    def __init__(self, label):
        self.label = label
        self.reading = 0


class Mirror:
    def __init__(self):
        self.watched = {}
        self.latest = {}

    def receive(self, sensor, reading):
        sensor.reading = reading
        self.latest[id(sensor)] = reading
        if id(sensor) not in self.watched:
            self.watched[id(sensor)] = weakref.finalize(sensor, self.forget, id(sensor))

    def forget(self, key):
        self.watched.pop(key, None)
        self.latest.pop(key, None)


def main():
    mirror = Mirror()
    sensors = [Sensor("boiler"), Sensor("hall"), Sensor("roof")]
    turn = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        mirror.receive(sensors[turn % len(sensors)], turn % 100)
        turn += 1
        time.sleep(0.04)


main()
