"""Objects with a thread each, as libraries have them: a log listener, a batching writer, an actor; their owners live."""
import logging
import logging.handlers
import os
import queue
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Actor(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.inbox = queue.Queue()
        self.start()

    def run(self):
        while True:
            function, reply = self.inbox.get()
            reply.put(function())

    def ask(self, function):
        reply = queue.SimpleQueue()
        self.inbox.put((function, reply))
        return reply.get()


class Batches:
    def __init__(self):
        self.rows = []
        self.filled = threading.Condition()
        threading.Thread(target=self.flush, daemon=True).start()

    def add(self, row):
        with self.filled:
            self.rows.append(row)
            if len(self.rows) >= 100:
                self.filled.notify()

    def flush(self):
        while True:
            with self.filled:
                self.filled.wait_for(lambda: len(self.rows) >= 100)
                self.rows.clear()


def main():
    records = queue.Queue()
    listener = logging.handlers.QueueListener(records, logging.NullHandler())
    listener.start()
    logger = logging.getLogger("program")
    logger.addHandler(logging.handlers.QueueHandler(records))
    actors, batches = [Actor() for _ in range(5)], Batches()

    def ask_slowly(actor):
        actor.ask(lambda: time.sleep(7200))

    threading.Thread(target=ask_slowly, args=(actors[0],), daemon=True).start()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        actors[1].ask(time.time)
        batches.add(1)
        logger.warning("still here")
        time.sleep(0.5)


main()
os._exit(0)
