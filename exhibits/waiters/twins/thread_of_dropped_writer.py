"""A writer's thread takes from the writer's queue; five writers are kept, and five others closed."""
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
            if self.lines.get() is None:
                break


writers = [Writer() for _ in range(10)]
for writer in writers[5:]:
    writer.lines.put("one line")
    writer.lines.put(None)
del writer, writers[5:]
time.sleep(SECONDS)
