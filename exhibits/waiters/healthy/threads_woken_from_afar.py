"""Threads whose wake-up lies with what no variable of the program leads to: finalizers, hooks, signals, callbacks that C keeps."""
import atexit
import contextvars
import ctypes
import functools
import gc
import os
import queue
import signal
import sqlite3
import sys
import threading
import time
import weakref

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Thing:
    pass


class Dying:
    def __init__(self, end):
        self.__dict__["end"] = end

    def __del__(self):
        self.end()


def take(parts):
    parts.get()


def waiting():
    """Starts a thread that waits for a queue of its own; gives what ends it, and nothing else."""
    parts = queue.SimpleQueue()
    threading.Thread(target=take, args=(parts,), daemon=True).start()
    return functools.partial(parts.put, None)


def in_a_thread(function):
    threading.Thread(target=function, daemon=True).start()


def local_value(store=threading.local()):
    store.end = waiting()
    time.sleep(7200)


def context_value():
    contextvars.ContextVar("end").set(waiting())
    time.sleep(7200)


def caught():
    try:
        raise ValueError(waiting())
    except ValueError:
        time.sleep(7200)


things = [Thing() for _ in range(3)]
weakref.finalize(things[0], waiting())
things[1].watcher = weakref.ref(things[2], lambda _, end=waiting(): end())
dying = [Dying(waiting())]
atexit.register(waiting())
signal.signal(signal.SIGUSR1, lambda *_, end=waiting(): end())
sys.excepthook = lambda *_, end=waiting(): end()
gc.callbacks.append(lambda *_, end=waiting(): time.sleep(0))
database = sqlite3.connect(":memory:", check_same_thread=False)
database.create_function("finish", 0, waiting())
ctypes.pythonapi.Py_AtExit.argtypes = [ctypes.c_void_p]
at_exit = ctypes.CFUNCTYPE(None)(waiting())
ctypes.pythonapi.Py_AtExit(ctypes.cast(at_exit, ctypes.c_void_p))
sys.addaudithook(lambda name, _, end=waiting(): end() if name == "heaptrail.never" else None)
for each in (local_value, context_value, caught):
    in_a_thread(each)
# A knot that the collector has not seen yet: its finalizer may act, as long as it was not called.
knot = Dying(waiting())
knot.itself = knot
gc.freeze()
del knot
time.sleep(SECONDS)
os._exit(0)
