"""The same without the mistake: a stream is closed and forgotten when its client goes."""
import contextlib
import time

streams = []


def stream(number):
    lines = ["line %d of stream %d" % (line, number) for line in range(20)]
    for line in lines:
        yield line


number = 0
while True:
    number += 1
    with contextlib.closing(stream(number)) as lines:
        streams.append(lines)
        next(lines)
        streams.remove(lines)
    time.sleep(0.02)
