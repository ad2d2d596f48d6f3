"""A page gathers its parts, which take turns at a semaphore."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
pages = set()


async def part(seats):
    async with seats:
        await asyncio.sleep(0)


async def other_part(seats):
    async with seats:
        await asyncio.sleep(1)


async def page():
    seats = asyncio.Semaphore(1)
    await asyncio.gather(other_part(seats), other_part(seats), part(seats))


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        new = asyncio.ensure_future(page())
        pages.add(new)
        new.add_done_callback(pages.discard)
        del new
        await asyncio.sleep(0.1)


asyncio.run(main())
