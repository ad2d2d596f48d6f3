"""A page gathers its parts; one part waits for a semaphore of its own that nobody releases."""
# expect: task-never-wakes
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
pages = []


async def part(seats):
    async with seats:
        await asyncio.sleep(0)


async def other_part(seats):
    await seats.acquire()  # WAITS


async def page():
    seats = asyncio.Semaphore(1)
    await asyncio.gather(other_part(seats), other_part(seats), part(seats))  # WAITS TOO


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        pages.append(asyncio.ensure_future(page()))
        await asyncio.sleep(0.1)


asyncio.run(main())
