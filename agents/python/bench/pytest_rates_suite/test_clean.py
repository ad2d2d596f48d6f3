"""Tests that take, keep, cache and give back much, and leak nothing."""

import argparse
import asyncio
import collections
import concurrent.futures
import contextlib
import functools
import gc
import importlib
import io
import itertools
import json
import linecache
import logging
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import traceback
import unittest
import unittest.mock
import urllib.parse
import warnings
import weakref

NUMBERS = itertools.count()
BOUNDED = collections.OrderedDict()
RECENT = collections.deque(maxlen=40)
MEMO = {}
LOGGER = logging.getLogger("rates")
POOL = None


def clear_up():
    pass


@functools.lru_cache(maxsize=64)
def computed(number):
    return [number] * 3


def test_cache_lru(chance):
    for _ in range(chance.randint(1, 4)):
        computed(next(NUMBERS))


def test_cache_bounded(chance):
    for _ in range(chance.randint(1, 5)):
        BOUNDED[next(NUMBERS)] = {"value": chance.random()}
        if len(BOUNDED) > 50:
            BOUNDED.popitem(last=False)


def test_cache_memo(chance, session_cache):
    key = chance.randint(0, 30)
    MEMO.setdefault(key, [key])
    session_cache.setdefault("row %d" % chance.randint(0, 20), object())
    RECENT.append(str(next(NUMBERS)))


def test_imports(chance):
    name = chance.choice(["colorsys", "this_is_none", "sndhdr_x", "plistlib", "quopri"])
    sys.modules.pop(name, None)
    with contextlib.suppress(ImportError):
        importlib.import_module(name)


def test_import_of_new_files(seed, tmp_path, monkeypatch):
    name = "made_%d" % next(NUMBERS)
    (tmp_path / (name + ".py")).write_text("VALUE = [1, 2]\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.import_module(name)
    sys.modules.pop(name)


def test_logging(chance, caplog):
    logger = logging.getLogger("rates.%d" % chance.randint(0, 5))
    with caplog.at_level(logging.DEBUG):
        for _ in range(chance.randint(1, 5)):
            logger.warning("number %d", next(NUMBERS))
    assert caplog.records
    stream = logging.StreamHandler(io.StringIO())
    LOGGER.addHandler(stream)
    LOGGER.error("text %s", chance.random())
    LOGGER.removeHandler(stream)
    stream.close()


def test_regex(chance):
    for _ in range(chance.randint(1, 3)):
        assert re.search(r"(a|b)+%d" % next(NUMBERS), "no") is None
    re.sub(r"\d+", "x", "12 34")


def test_mocks(chance):
    with unittest.mock.patch("os.getcwd", return_value="x") as patched:
        for _ in range(chance.randint(1, 4)):
            assert os.getcwd() == "x"
        assert patched.called
    mock = unittest.mock.MagicMock(spec=dict)
    mock.get("a")
    mock.get.assert_called_once_with("a")


def test_temporary_files(chance, tmp_path):
    (tmp_path / ("%d.txt" % next(NUMBERS))).write_text("x" * chance.randint(1, 5000))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        file.write(b"y" * chance.randint(1, 5000))
        with open(os.path.join(folder, "a"), "w") as other:
            other.write("z")


def test_threads(chance):
    found = []
    threads = [threading.Thread(target=found.append, args=(number,)) for number in range(chance.randint(1, 4))]
    for thread in threads:
        thread.start()
    # The last one may end a little after the test.
    for thread in threads[1:]:
        thread.join()


def test_thread_pool(chance):
    global POOL
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        assert list(pool.map(str, range(chance.randint(1, 6))))
    if POOL is None:
        POOL = concurrent.futures.ThreadPoolExecutor(4)
    POOL.submit(str, 1).result()


def test_asyncio(chance):
    async def work():
        queue = asyncio.Queue()

        async def consume():
            while await queue.get() is not None:
                pass

        task = asyncio.ensure_future(consume())
        for number in range(chance.randint(1, 5)):
            await queue.put(number)
        await queue.put(None)
        await asyncio.gather(task, asyncio.sleep(0))
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.sleep(1), 0.0001)

    asyncio.run(work())


def test_asyncio_server(seed):
    async def work():
        async def serve(reader, writer):
            writer.write(await reader.readline())
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"hello\n")
        assert await reader.readline() == b"hello\n"
        writer.close()
        server.close()
        await server.wait_closed()

    asyncio.run(work())


def test_sqlite(chance, tmp_path):
    with contextlib.closing(sqlite3.connect(str(tmp_path / "a.db"))) as connection:
        connection.execute("create table t%d(a, b)" % next(NUMBERS))
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table t(a)")
        connection.executemany("insert into t values(?)", [(number,) for number in range(chance.randint(1, 30))])
        assert connection.execute("select count(*) from t").fetchone()[0] > 0


def test_subprocess(seed):
    done = subprocess.run(["/bin/echo", str(next(NUMBERS))], stdout=subprocess.PIPE)
    assert done.returncode == 0


def test_warnings(chance):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("number %d" % next(NUMBERS), UserWarning)
    warnings.warn("one of %d" % chance.randint(0, 10), DeprecationWarning)


def test_tracebacks(chance):
    try:
        json.loads("{%d" % next(NUMBERS))
    except ValueError:
        traceback.format_exc()
    linecache.getline(__file__, chance.randint(1, 50))
    code = compile("def f():\n    raise ValueError(1)\n", "<made %d>" % next(NUMBERS), "exec")
    space = {}
    exec(code, space)
    try:
        space["f"]()
    except ValueError:
        traceback.format_exc()


def test_cycles_and_weak_references(chance):
    class Node:
        pass

    table = weakref.WeakValueDictionary()
    for number in range(chance.randint(1, 5)):
        node = Node()
        node.me = node
        table[number] = node
        weakref.finalize(node, len, ())
    if chance.random() < 0.3:
        gc.collect()


def test_small_things(chance, monkeypatch, capsys):
    monkeypatch.setenv("RATES_%d" % chance.randint(0, 9), str(next(NUMBERS)))
    parser = argparse.ArgumentParser()
    parser.add_argument("--x")
    parser.parse_args(["--x", "1"])
    urllib.parse.urlparse("http://h%d/x?y=1" % next(NUMBERS))
    print("output", next(NUMBERS))
    assert "output" in capsys.readouterr().out
    left, right = socket.socketpair()
    left.close()
    right.close()


class TestUnittest(unittest.TestCase):
    cache = {}

    @classmethod
    def setUpClass(cls):
        cls.shared = {"a": [1]}

    def setUp(self):
        self.rows = [object() for _ in range(10)]

    def test_unittest(self):
        with self.assertRaises(KeyError):
            self.shared["missing %d" % next(NUMBERS)]
        self.cache[next(NUMBERS) % 8] = self.rows

