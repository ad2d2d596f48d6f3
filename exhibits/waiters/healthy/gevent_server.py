"""Greenlets: a server with idle clients, queues, events, a pool; their stacks are no objects of Python."""
# needs: gevent
from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import socket  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

import gevent  # noqa: E402
import gevent.event  # noqa: E402
import gevent.pool  # noqa: E402
import gevent.queue  # noqa: E402
from gevent.server import StreamServer  # noqa: E402

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def echo(connection, address):
    while True:
        data = connection.recv(100)
        if not data:
            break
        connection.sendall(data)


def client(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(b"hello")
    connection.recv(5)
    connection.recv(5)


server = StreamServer(("127.0.0.1", 0), echo)
server.start()
work, opened = gevent.queue.Queue(), gevent.event.Event()
pool = gevent.pool.Pool(50)
for _ in range(10):
    pool.spawn(client, server.server_port)
    pool.spawn(work.get)
    pool.spawn(opened.wait)
    threading.Thread(target=opened.wait, daemon=True).start()
until = time.monotonic() + SECONDS
while time.monotonic() < until:
    work.put(1)
    pool.spawn(work.get)
    time.sleep(2)
os._exit(0)
