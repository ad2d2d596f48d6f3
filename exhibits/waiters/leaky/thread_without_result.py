"""Calls across a bridge are futures; when the bridge is rebuilt, nobody fails those that are open."""
# expect: thread-never-ends
import os
import threading
import time
from concurrent.futures import Future

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Bridge:
    def __init__(self):
        self.calls = []

    def call(self):
        future = Future()
        self.calls.append(future)
        return future.result()  # WAITS


until = time.monotonic() + SECONDS
while time.monotonic() < until:
    bridge = Bridge()
    threading.Thread(target=bridge.call, daemon=True).start()
    time.sleep(0.1)
