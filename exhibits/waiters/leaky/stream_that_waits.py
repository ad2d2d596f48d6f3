"""A feed is an asynchronous generator over a condition that nobody notifies any more; its readers are kept."""
# expect: task-never-wakes
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
readers = []


class Feed:
    def __init__(self):
        self.changed = asyncio.Condition()

    async def news(self):
        while True:
            async with self.changed:
                await self.changed.wait()  # WAITS
            yield "news"

    async def read(self):
        async for _ in self.news():
            pass


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        readers.append(asyncio.ensure_future(Feed().read()))
        await asyncio.sleep(0.1)


asyncio.run(main())
