"""anyio on asyncio: task groups, memory streams, cancel scopes, threads, sleep_forever, a server."""
# needs: anyio
import os

import anyio
import anyio.from_thread
import anyio.to_thread

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def consume(stream):
    async with stream:
        async for _ in stream:
            pass


async def serve(connection):
    async with connection:
        async for data in connection:
            await connection.send(data)


async def client(port):
    async with await anyio.connect_tcp("127.0.0.1", port) as connection:
        await connection.send(b"hello")
        await connection.receive()
        await connection.receive()


async def limited():
    with anyio.move_on_after(7200):
        await anyio.Event().wait()


async def limited_children():
    with anyio.move_on_after(7200):
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(anyio.sleep_forever)


async def main():
    send, receive = anyio.create_memory_object_stream(0)
    opened = anyio.Event()
    lock = anyio.Lock()

    async def hold():
        async with lock:
            await anyio.sleep(7200)

    async def enter():
        async with lock:
            pass

    with anyio.move_on_after(SECONDS):
        async with anyio.create_task_group() as group:
            listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
            port = listener.extra(anyio.abc.SocketAttribute.local_port)
            group.start_soon(listener.serve, serve)
            group.start_soon(hold)
            for _ in range(10):
                group.start_soon(client, port)
                group.start_soon(consume, receive.clone())
                group.start_soon(opened.wait)
                group.start_soon(anyio.sleep_forever)
                group.start_soon(enter)
            group.start_soon(limited)
            group.start_soon(limited_children)
            group.start_soon(anyio.to_thread.run_sync, lambda: anyio.from_thread.run(anyio.sleep, 7200))
            while True:
                await send.send(1)
                await anyio.sleep(1)


anyio.run(main)
os._exit(0)
