"""A trio program: a server, memory channels, events, cancel scopes; its tasks are no objects of asyncio."""
# needs: trio
import os

import trio

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def serve(stream):
    async for data in stream:
        await stream.send_all(data)


async def client(port):
    stream = await trio.open_tcp_stream("127.0.0.1", port)
    await stream.send_all(b"hello")
    async for _ in stream:
        pass


async def consume(channel):
    async for _ in channel:
        pass


async def main():
    send, receive = trio.open_memory_channel(0)
    opened = trio.Event()
    with trio.move_on_after(SECONDS):
        async with trio.open_nursery() as nursery:
            listeners = await nursery.start(trio.serve_tcp, serve, 0)
            port = listeners[0].socket.getsockname()[1]
            for _ in range(10):
                nursery.start_soon(client, port)
                nursery.start_soon(consume, receive.clone())
                nursery.start_soon(opened.wait)
                nursery.start_soon(trio.sleep_forever)
            nursery.start_soon(trio.to_thread.run_sync, lambda: trio.from_thread.run(trio.sleep, 3600))
            while True:
                await send.send(1)
                await trio.sleep(1)


trio.run(main)
os._exit(0)
