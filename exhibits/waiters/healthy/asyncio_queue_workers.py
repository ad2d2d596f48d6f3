"""Producers, a pipeline of queues, and many workers that wait for work; the queues are attributes of an application object."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Application:
    def __init__(self):
        self.incoming = asyncio.Queue()
        self.checked = asyncio.PriorityQueue(5)
        self.done = 0
        self.tasks = []

    async def check(self):
        while True:
            item = await self.incoming.get()
            await self.checked.put(item)
            self.incoming.task_done()

    async def store(self):
        while True:
            await self.checked.get()
            self.done += 1
            self.checked.task_done()

    async def produce(self):
        for number in range(10**9):
            await self.incoming.put(number)
            await asyncio.sleep(2)

    async def wait_until_empty(self):
        while True:
            await self.incoming.join()
            await asyncio.sleep(30)

    async def run(self):
        work = [self.check] * 8 + [self.store] * 8 + [self.produce, self.wait_until_empty]
        self.tasks = [asyncio.ensure_future(each()) for each in work]
        await asyncio.gather(*self.tasks)


async def main():
    try:
        await asyncio.wait_for(Application().run(), SECONDS)
    except asyncio.TimeoutError:
        pass


asyncio.run(main())
