"""A server with fifty clients that hardly ever say anything: every handler waits for its next line."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def serve(reader, writer):
    try:
        while await reader.readline():
            writer.write(b"yes\n")
            await writer.drain()
    finally:
        writer.close()


async def client(port, number):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        await asyncio.sleep(20 + number)
        writer.write(b"there?\n")
        await reader.readline()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    clients = [asyncio.ensure_future(client(port, number)) for number in range(50)]
    await asyncio.sleep(SECONDS)
    for each in clients:
        each.cancel()


asyncio.run(main())
