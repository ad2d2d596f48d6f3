"""Servers that run until they are stopped, as tutorials write it: `await asyncio.Future()`, and several of them in a gather."""
import asyncio
import os
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def serve(reader, writer):
    await reader.read()
    writer.close()


async def run_server():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        await asyncio.Future()


async def run_another():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        await server.serve_forever()


async def heartbeat():
    while True:
        await asyncio.sleep(1)


async def main():
    await asyncio.gather(run_server(), run_server(), run_another(), heartbeat())


def stop():
    time.sleep(SECONDS)
    os._exit(0)


threading.Thread(target=stop, daemon=True).start()
asyncio.run(main())
