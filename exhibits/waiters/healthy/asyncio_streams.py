"""Pipes, datagrams, Unix sockets, back-pressure: waits on descriptors of every kind."""
import asyncio
import os
import socket
import tempfile

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self):
        self.received = asyncio.get_running_loop().create_future()


async def read_pipe():
    reader = asyncio.StreamReader()
    readable, writable = os.pipe()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(readable, "rb"))
    await reader.read(1)
    os.close(writable)


async def wait_for_datagram():
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(Datagrams, ("127.0.0.1", 0))
    await protocol.received


async def receive_raw():
    left, right = socket.socketpair()
    left.setblocking(False)
    await asyncio.get_running_loop().sock_recv(left, 1)
    right.close()


async def never_reads(reader, writer):
    await asyncio.sleep(7200)


async def write_against_pressure(path):
    _, writer = await asyncio.open_unix_connection(path)
    while True:
        writer.write(b"x" * 100000)
        await writer.drain()


async def main():
    path = os.path.join(tempfile.mkdtemp(), "socket")
    server = await asyncio.start_unix_server(never_reads, path)
    tasks = [asyncio.ensure_future(each) for each in (read_pipe(), wait_for_datagram(), receive_raw(), write_against_pressure(path))]
    await asyncio.sleep(SECONDS)
    server.close()
    for task in tasks:
        task.cancel()


asyncio.run(main())
