"""A function starts a thread that waits for its event, and sets it in a finally, early return or not."""
import os
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def transfer(number):
    done = threading.Event()
    state = {"number": number}

    def report():
        done.wait()
        state.clear()

    threading.Thread(target=report, daemon=True).start()
    try:
        if number % 2 == 0:
            return
    finally:
        threading.Timer(2, done.set).start()


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 2
    transfer(number)
    time.sleep(0.1)
