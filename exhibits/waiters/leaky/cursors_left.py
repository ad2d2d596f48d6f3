"""Cursors are generators; a page reads the first rows of one and keeps it for a next page that nobody asks for."""
# expect: generator-never-finished
import os
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
cursors = []


def cursor(number):
    rows = [(number, row) for row in range(100)]
    try:
        for row in rows:
            yield row  # WAITS
    finally:
        rows.clear()


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 1
    cursors.append(cursor(number))
    next(cursors[-1])
    time.sleep(0.05)
