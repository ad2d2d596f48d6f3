"""Everything of `threading` that waits, each with somebody who will end it much later: a sleeping thread, a timer."""
import os
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def start(function, *arguments):
    thread = threading.Thread(target=function, args=arguments, daemon=True)
    thread.start()
    return thread


def set_later(event):
    time.sleep(7200)
    event.set()


def with_event():
    event = threading.Event()
    start(set_later, event)
    event.wait()


def with_timer():
    event = threading.Event()
    timer = threading.Timer(7200, event.set)
    timer.daemon = True
    timer.start()
    del timer
    event.wait()


def with_condition():
    condition = threading.Condition()

    def notify():
        time.sleep(7200)
        with condition:
            condition.notify_all()

    start(notify)
    with condition:
        condition.wait()


def with_barrier():
    barrier = threading.Barrier(2)

    def come_late():
        time.sleep(7200)
        barrier.wait()

    start(come_late)
    barrier.wait()


def with_semaphore():
    semaphore = threading.Semaphore(0)

    def release():
        time.sleep(7200)
        semaphore.release()

    start(release)
    semaphore.acquire()


def with_lock():
    lock = threading.Lock()

    def hold():
        with lock:
            time.sleep(7200)

    start(hold)
    time.sleep(0.1)
    with lock:
        pass


def with_join():
    start(time.sleep, 7200).join()


def with_join_of_join():
    start(with_join).join()


for each in (with_event, with_timer, with_condition, with_barrier, with_semaphore, with_lock, with_join, with_join_of_join):
    start(each)
time.sleep(SECONDS)
