"""Cursors are generators; a page reads the first rows of one, and the oldest of twenty is closed."""
import os
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
cursors = []


def cursor(number):
    rows = [(number, row) for row in range(100)]
    try:
        for row in rows:
            yield row
    finally:
        rows.clear()


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 1
    cursors.append(cursor(number))
    next(cursors[-1])
    if len(cursors) > 20:
        cursors.pop(0).close()
    time.sleep(0.05)
