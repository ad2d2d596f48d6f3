"""Calls across a bridge are futures; when the bridge is rebuilt, those that are open are failed."""
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
        try:
            return future.result()
        except ConnectionError:
            return None

    def close(self):
        for future in self.calls:
            future.set_exception(ConnectionError())


until = time.monotonic() + SECONDS
while time.monotonic() < until:
    bridge = Bridge()
    thread = threading.Thread(target=bridge.call, daemon=True)
    thread.start()
    time.sleep(1)
    bridge.close()
    time.sleep(0.1)
