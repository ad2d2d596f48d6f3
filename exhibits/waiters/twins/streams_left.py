"""Asynchronous streams that their readers left in the middle; the oldest of twenty is closed."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
streams = {}


async def stream(number):
    rows = ["row %d of %d" % (row, number) for row in range(50)]
    for row in rows:
        yield row


async def main():
    until, number = asyncio.get_running_loop().time() + SECONDS, 0
    while asyncio.get_running_loop().time() < until:
        number += 1
        streams[number] = stream(number)
        await streams[number].__anext__()
        if number > 20:
            await streams.pop(number - 20).aclose()
        await asyncio.sleep(0.05)


asyncio.run(main())
