"""Each writer starts a thread that takes from its queue; writers go, and nobody tells their threads."""
import queue
import threading
import time


class Writer:
    def __init__(self):
        self.lines = queue.Queue()
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            self.lines.get()


while True:
    Writer().lines.put("one line")
    time.sleep(0.1)
