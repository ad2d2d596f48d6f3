"""The example of the websockets documentation: a server that runs for ever, and clients that listen."""
# needs: websockets
import asyncio
import os
import threading
import time

import websockets

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
connected = set()
port = []


async def echo(connection):
    connected.add(connection)
    try:
        async for message in connection:
            await connection.send(message)
    finally:
        connected.discard(connection)


async def serve():
    async with websockets.serve(echo, "127.0.0.1", 0) as server:
        port.append(next(iter(server.sockets)).getsockname()[1])
        await asyncio.Future()


async def listen():
    async with websockets.connect("ws://127.0.0.1:%d" % port[0]) as connection:
        await connection.send("hello")
        async for _ in connection:
            pass


async def wait_closed():
    async with websockets.connect("ws://127.0.0.1:%d" % port[0]) as connection:
        await connection.wait_closed()


async def main():
    server = asyncio.create_task(serve())
    while not port:
        await asyncio.sleep(0.01)
    clients = [asyncio.create_task(listen()) for _ in range(10)] + [asyncio.create_task(wait_closed()) for _ in range(10)]
    await asyncio.gather(server, *clients)


def stop():
    time.sleep(SECONDS)
    os._exit(0)


threading.Thread(target=stop, daemon=True).start()
asyncio.run(main())
