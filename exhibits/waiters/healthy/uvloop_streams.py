"""Streams, pipes, processes, timers and threads on uvloop: its handles are objects of C."""
# needs: uvloop
import asyncio
import os
import sys
import time

import uvloop

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def serve(reader, writer):
    while await reader.readline():
        writer.write(b"yes\n")


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"there?\n")
    await reader.readline()
    await reader.readline()


async def process():
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(%f)" % (SECONDS + 5), stdout=asyncio.subprocess.PIPE)
    try:
        await child.communicate()
    finally:
        child.kill()


async def pipe():
    reader = asyncio.StreamReader()
    readable, _ = os.pipe()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(readable, "rb"))
    await reader.read()


async def in_thread():
    await asyncio.get_running_loop().run_in_executor(None, time.sleep, 7200)


async def limited():
    await asyncio.wait_for(asyncio.get_running_loop().create_future(), 7200)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    work = [client(port) for _ in range(20)] + [process(), pipe(), in_thread(), limited(), asyncio.sleep(7200)]
    tasks = [asyncio.ensure_future(each) for each in work]
    await asyncio.sleep(SECONDS)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=2)
    os._exit(0)


uvloop.install()
asyncio.run(main())
