"""Workers of dramatiq on a broker in memory: threads that wait for messages and for delayed ones."""
# needs: dramatiq
import os
import time

import dramatiq
from dramatiq.brokers.stub import StubBroker

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
broker = StubBroker()
dramatiq.set_broker(broker)


@dramatiq.actor
def count(number):
    return number + 1


broker.declare_queue("default")
worker = dramatiq.Worker(broker, worker_threads=6)
worker.start()
count.send_with_options(args=(1,), delay=7200000)
until = time.monotonic() + SECONDS
while time.monotonic() < until:
    count.send(1)
    time.sleep(1)
os._exit(0)
