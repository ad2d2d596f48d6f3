"""A trampoline of its own: coroutines and generators that a hand-written loop drives, most of them suspended for long."""
import collections
import os
import time
import types

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


@types.coroutine
def pause(seconds):
    yield time.monotonic() + seconds


async def worker(seconds):
    while True:
        await pause(seconds)


def numbers():
    number = 0
    while True:
        number += yield number


class Loop:
    def __init__(self):
        self.ready = collections.deque()
        self.sleeping = []

    def start(self, coroutine):
        self.ready.append(coroutine)

    def run(self, until):
        while time.monotonic() < until:
            while self.ready:
                coroutine = self.ready.popleft()
                self.sleeping.append((coroutine.send(None), coroutine))
            now = time.monotonic()
            self.ready.extend(each for at, each in self.sleeping if at <= now)
            self.sleeping = [(at, each) for at, each in self.sleeping if at > now]
            time.sleep(0.05)


loop = Loop()
generators = [numbers() for _ in range(50)]
for generator in generators:
    next(generator)
for number in range(100):
    loop.start(worker(1 + number * 10))
loop.run(time.monotonic() + SECONDS)
