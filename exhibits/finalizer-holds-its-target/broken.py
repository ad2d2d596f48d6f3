"""An export service: each export collects lines in a spool, which must be given back when the export is dropped."""
import os
import time
import weakref

given_back = [0]


class Spool:
    def __init__(self, number):
        self.number = number
        self.lines = ["line %d of export %d" % (line, number) for line in range(10)]
        # The bound method holds `self`: the finalizer keeps alive the very object whose death it waits for.
        self.closer = weakref.finalize(self, self.close)  # LEAK

    def close(self):
        given_back[0] += 1
        self.lines = []


def export(number):
    spool = Spool(number)  # LEAK
    return len(spool.lines)


def main():
    number = 0
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        export(number)
        number += 1
        time.sleep(0.05)


main()
