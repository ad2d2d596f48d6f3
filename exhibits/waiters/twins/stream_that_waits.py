"""A feed is an asynchronous generator over a condition; the oldest of twenty feeds ends, and its reader with it."""
import asyncio
import collections
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
readers = set()
feeds = collections.deque()


class Feed:
    def __init__(self):
        self.changed = asyncio.Condition()
        self.is_over = False

    async def news(self):
        while not self.is_over:
            async with self.changed:
                await self.changed.wait()
            yield "news"

    async def end(self):
        self.is_over = True
        async with self.changed:
            self.changed.notify_all()

    async def read(self):
        async for _ in self.news():
            pass


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        feeds.append(Feed())
        reader = asyncio.ensure_future(feeds[-1].read())
        readers.add(reader)
        reader.add_done_callback(readers.discard)
        if len(feeds) > 20:
            await feeds.popleft().end()
        await asyncio.sleep(0.1)


asyncio.run(main())
