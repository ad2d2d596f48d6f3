"""Pools of processes and threads that are kept, with their helper threads; queues between processes."""
import multiprocessing
import multiprocessing.pool
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def double(number):
    return number * 2


def main():
    pool = multiprocessing.Pool(2)
    threads = multiprocessing.pool.ThreadPool(3)
    executor = ProcessPoolExecutor(2)
    inbox = multiprocessing.Queue()
    inbox.put("first")
    inbox.get()
    threading.Thread(target=inbox.get, daemon=True).start()
    slow = threads.apply_async(time.sleep, (7200,))
    threading.Thread(target=slow.wait, daemon=True).start()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert pool.map(double, [1, 2]) == threads.map(double, [1, 2]) == list(executor.map(double, [1, 2]))
        time.sleep(2)
    pool.terminate()
    executor.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main()
