"""Executors that are idle, busy, and wait for each other; results that come late."""
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed, wait

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
idle = ThreadPoolExecutor(8, thread_name_prefix="idle")
busy = ThreadPoolExecutor(4, thread_name_prefix="busy")
list(idle.map(time.sleep, [0.05] * 8))
late = [busy.submit(time.sleep, 7200) for _ in range(4)]
queued = [busy.submit(pow, 2, 3) for _ in range(4)]


def wait_for_all():
    wait(late)


def take_as_completed():
    for _ in as_completed(queued):
        pass


def wait_for_one(future):
    future.result()


for work in (wait_for_all, take_as_completed):
    threading.Thread(target=work, daemon=True).start()
for future in queued:
    threading.Thread(target=wait_for_one, args=(future,), daemon=True).start()
del future
until = time.monotonic() + SECONDS
while time.monotonic() < until:
    idle.submit(pow, 2, 3).result()
    time.sleep(1)
os._exit(0)
