"""A writer's thread takes from the writer's queue; five writers are made at the start and dropped. None are made after."""
# expect: thread-never-ends
import os
import queue
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Writer:
    def __init__(self):
        self.lines = queue.SimpleQueue()
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            self.lines.get()  # WAITS


for _ in range(5):
    Writer().lines.put("one line")
time.sleep(SECONDS)
