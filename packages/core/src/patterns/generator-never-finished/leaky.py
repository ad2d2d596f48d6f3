"""Clients read a stream and go; the list of streams keeps each where its client left it."""
import time

streams = []


def stream(number):
    lines = ["line %d of stream %d" % (line, number) for line in range(20)]
    for line in lines:
        yield line


number = 0
while True:
    number += 1
    streams.append(stream(number))
    next(streams[-1])
    time.sleep(0.02)
