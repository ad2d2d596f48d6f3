"""Pipelines of asynchronous generators and context managers, read slowly."""
import asyncio
import contextlib
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def ticks():
    number = 0
    while True:
        yield number
        number += 1
        await asyncio.sleep(1)


async def merged(*queues):
    while True:
        for queue in queues:
            yield await queue.get()


@contextlib.asynccontextmanager
async def feeder(queue):
    async def feed():
        async for number in ticks():
            await queue.put(number)

    task = asyncio.ensure_future(feed())
    try:
        yield queue
    finally:
        task.cancel()


async def read():
    async with feeder(asyncio.Queue(1)) as first, feeder(asyncio.Queue(1)) as second:
        async for _ in merged(first, second):
            await asyncio.sleep(3)


async def main():
    tasks = [asyncio.ensure_future(read()) for _ in range(10)]
    await asyncio.sleep(SECONDS)
    for task in tasks:
        task.cancel()


asyncio.run(main())
