"""analyze_growth on ordinary code that takes and gives back much: none of it may be called growing."""

import argparse
import asyncio
import collections
import concurrent.futures
import contextlib
import importlib
import io
import itertools
import logging
import os
import re
import sqlite3
import sys
import tempfile
import threading
import traceback
import tracemalloc
import unittest
import unittest.mock
import urllib.parse
import weakref

import lib_child  # noqa: F401  puts the package on the path
from which_pythons import oldest_and_newest

import heaptrail

NUMBERS = itertools.count()
LAST_RECORDS = collections.deque(maxlen=20)
LOGGER = logging.Logger("healthy")


class Ring(logging.Handler):
    def emit(self, record):
        LAST_RECORDS.append(self.format(record))


LOGGER.addHandler(Ring())


def logs():
    LOGGER.warning("number %d", next(NUMBERS))


def patterns():
    re.sub("[a-c]+%d" % (next(NUMBERS) % 20), "x", "abcabc")


def database():
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table t(a)")
        connection.executemany("insert into t values(?)", [(number,) for number in range(20)])


def temporary_file():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x" * 1000)


def threads():
    thread = threading.Thread(target=lambda: [1] * 10)
    thread.start()
    thread.join()


def pool():
    with concurrent.futures.ThreadPoolExecutor(2) as executor:
        list(executor.map(str, range(5)))


def mocks():
    with unittest.mock.patch("os.getcwd", return_value="x"):
        os.getcwd()


def errors():
    try:
        int("x%d" % next(NUMBERS))
    except ValueError:
        traceback.format_exc()


def imports():
    sys.modules.pop("colorsys", None)
    importlib.import_module("colorsys")


def addresses():
    urllib.parse.urlparse("http://h%d/x?y=1" % next(NUMBERS))


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--x")
    parser.parse_args(["--x", str(next(NUMBERS))])


def weak_cycles():
    class Node:
        pass

    table, node = weakref.WeakValueDictionary(), Node()
    table[1] = node.me = node


def loops():
    # Without the debug mode: in the development mode a slow machine logs each loop that takes long.
    asyncio.run(asyncio.sleep(0), debug=False)


@oldest_and_newest
class Healthy(unittest.TestCase):
    def test_none_is_called_growing(self):
        verdicts = {}
        for function in (logs, patterns, database, temporary_file, threads, pool, mocks, errors, imports, addresses, arguments, weak_cycles, loops):
            with contextlib.redirect_stderr(io.StringIO()):
                report = heaptrail.analyze_growth(repetitions=600, seconds=60)(function)()
            self.assertIsNot(report.growing, True, str(report))
            verdicts[function.__name__] = report.verdict
        # "Cannot tell" is no mistake, but an answer that is seldom of use.
        self.assertLessEqual([*verdicts.values()].count("cannot tell"), 1, verdicts)
        self.assertFalse(tracemalloc.is_tracing())


if __name__ == "__main__":
    unittest.main()
