"""A celery worker with a thread pool on a broker in memory, and a client that waits for results."""
# needs: celery
import os
import threading
import time

from celery import Celery
from celery.contrib.testing.worker import start_worker

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
application = Celery("program", broker="memory://", backend="cache+memory://")
application.conf.update(worker_hijack_root_logger=False, worker_prefetch_multiplier=1)


@application.task
def add(one, other):
    return one + other


@application.task
def slow():
    time.sleep(7200)


def stop():
    time.sleep(SECONDS)
    os._exit(0)


threading.Thread(target=stop, daemon=True).start()
with start_worker(application, pool="threads", concurrency=4, perform_ping_check=False, loglevel="error"):
    slow.delay()
    while True:
        add.delay(1, 2)
        time.sleep(1)
