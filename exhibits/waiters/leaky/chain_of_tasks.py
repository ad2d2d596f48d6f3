"""Tasks that wait for tasks that wait for a future that is lost: the registry keeps the last of each chain."""
# expect: task-never-wakes
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
reports = {}


async def fetch(answer):
    return await answer


async def parse(fetched):
    return await fetched


async def report(parsed):
    return await parsed  # WAITS


async def main():
    until, number = asyncio.get_running_loop().time() + SECONDS, 0
    while asyncio.get_running_loop().time() < until:
        number += 1
        answer = asyncio.get_running_loop().create_future()
        parsed = asyncio.ensure_future(parse(asyncio.ensure_future(fetch(answer))))
        reports[number] = asyncio.ensure_future(report(parsed))
        del answer, parsed
        await asyncio.sleep(0.1)


asyncio.run(main())
