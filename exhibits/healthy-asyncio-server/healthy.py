"""Looks like a leak, is none: a server on the loopback; connections, tasks and their state come and go with its clients."""
import asyncio
import json
import os
import time

peers = {}
answered = [0]


class Peer:
    def __init__(self, number):
        self.number = number
        self.seen = []


async def serve(reader, writer):
    peer = Peer(answered[0])
    peers[id(peer)] = peer
    try:
        while True:
            line = await reader.readline()
            if not line:
                break
            peer.seen.append(json.loads(line.decode()))
            answered[0] += 1
            writer.write(json.dumps({"answer": len(peer.seen)}).encode() + b"\n")
            await writer.drain()
    finally:
        del peers[id(peer)]
        writer.close()


async def ask(port, times):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for question in range(times):
            writer.write(json.dumps({"question": question}).encode() + b"\n")
            await writer.drain()
            await reader.readline()
            await asyncio.sleep(0.1)
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    clients = set()
    deadline = time.monotonic() + float(os.environ.get("EXHIBIT_SECONDS", "600"))
    while time.monotonic() < deadline:
        client = asyncio.ensure_future(ask(port, 10))
        clients.add(client)
        client.add_done_callback(clients.discard)
        await asyncio.sleep(0.1)
    server.close()


asyncio.run(main())
