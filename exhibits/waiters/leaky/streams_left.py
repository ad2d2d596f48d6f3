"""Asynchronous streams that their readers left in the middle, in a table that keeps them."""
# expect: generator-never-finished
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
streams = {}


async def stream(number):
    rows = ["row %d of %d" % (row, number) for row in range(50)]
    for row in rows:
        yield row  # WAITS


async def main():
    until, number = asyncio.get_running_loop().time() + SECONDS, 0
    while asyncio.get_running_loop().time() < until:
        number += 1
        streams[number] = stream(number)
        await streams[number].__anext__()
        await asyncio.sleep(0.05)


asyncio.run(main())
