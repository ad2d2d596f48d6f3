"""A function starts a thread that waits for its event, and returns early on an error without setting it."""
# expect: thread-never-ends
import os
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def transfer(number):
    done = threading.Event()
    state = {"number": number}

    def report():
        done.wait()  # WAITS
        print(state)

    threading.Thread(target=report, daemon=True).start()
    if number % 2 == 0:
        return
    done.set()


until, number = time.monotonic() + SECONDS, 0
while time.monotonic() < until:
    number += 2
    transfer(number)
    time.sleep(0.1)
