"""Tests that leave one thing behind each time they run."""

import asyncio
import atexit
import functools
import itertools
import logging
import os
import socket
import sys
import threading
import weakref

NUMBERS = itertools.count()
ROWS = []
NAMES = {}
EVENT = threading.Event()
DESCRIPTORS = []
KEPT = []


def clear_up():
    """Threads and descriptors only: memory may stay."""
    global EVENT
    EVENT.set()
    EVENT = threading.Event()
    for number in DESCRIPTORS:
        os.close(number)
    for one in KEPT:
        one.close()
    del DESCRIPTORS[:], KEPT[:]


class Row:
    def __init__(self, number):
        self.number = number


class Source:
    def __init__(self):
        self.listeners = []
        self.head = None
        self.rows = []

    @functools.lru_cache(maxsize=None)
    def cached(self):
        return 1


SOURCE = Source()
LOOP = asyncio.new_event_loop()
LOCAL = threading.local()
LOCAL.rows = {}


def test_list_of_objects(seed):
    ROWS.append(Row(next(NUMBERS)))


def test_dict_of_texts(seed):
    NAMES[next(NUMBERS)] = "name %d" % next(NUMBERS)


def test_listener(seed):
    row = Row(0)
    SOURCE.listeners.append(lambda: row)


def test_unbounded_cache(seed):
    Source().cached()


def test_thread_that_never_ends(seed):
    threading.Thread(target=EVENT.wait, daemon=True).start()


def test_task_that_never_ends(seed):
    async def begin():
        KEPT_TASKS.append(asyncio.ensure_future(asyncio.sleep(3600)))
        await asyncio.sleep(0)

    LOOP.run_until_complete(begin())


KEPT_TASKS = []


def test_socket_left_open(seed):
    KEPT.append(socket.socket())


def test_descriptor_left_open(seed):
    DESCRIPTORS.append(os.open(os.devnull, os.O_RDONLY))


def test_logging_handler(seed):
    logging.getLogger("leaky").addHandler(logging.NullHandler())


def test_exit_function(seed):
    atexit.register(Row(1).__init__, 2)


def test_finalizer_of_itself(seed):
    row = Row(3)
    weakref.finalize(row, row.__init__, 4)


def test_chain(seed):
    row = Row(5)
    row.next = SOURCE.head
    SOURCE.head = row


def test_suspended_generator(seed):
    def numbers():
        row = Row(6)
        yield row

    generator = numbers()
    next(generator)
    SOURCE.rows.append(generator)


def test_thread_local(seed):
    LOCAL.rows[next(NUMBERS)] = (Row(7),)


def test_attribute_of_a_module(seed):
    setattr(sys.modules[__name__], "row_%d" % next(NUMBERS), Row(8))


def test_kept_error(seed):
    try:
        raise ValueError(next(NUMBERS))
    except ValueError as error:
        SOURCE.rows.append(error)
