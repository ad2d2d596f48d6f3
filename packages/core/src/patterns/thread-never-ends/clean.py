"""The same without the mistake: a writer that is closed sends its thread home."""
import queue
import threading
import time


class Writer:
    def __init__(self):
        self.lines = queue.Queue()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while self.lines.get() is not None:
            pass

    def close(self):
        self.lines.put(None)
        self.thread.join()


while True:
    writer = Writer()
    writer.lines.put("one line")
    writer.close()
    time.sleep(0.1)
