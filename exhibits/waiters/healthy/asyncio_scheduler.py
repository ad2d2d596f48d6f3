"""Jobs at set times, by a scheduler of its own: a heap of futures, a reaper, call_later that calls itself again."""
import asyncio
import heapq
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Scheduler:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.waiting = []
        self.jobs = set()
        self.tick()

    def tick(self):
        while self.waiting and self.waiting[0][0] <= self.loop.time():
            future = heapq.heappop(self.waiting)[2]
            if not future.done():
                future.set_result(None)
        self.loop.call_later(1, self.tick)

    def at(self, seconds):
        future = self.loop.create_future()
        heapq.heappush(self.waiting, (self.loop.time() + seconds, id(future), future))
        return future

    def start(self, coroutine):
        job = asyncio.ensure_future(coroutine)
        self.jobs.add(job)
        job.add_done_callback(self.jobs.discard)

    async def job(self, seconds):
        while True:
            await self.at(seconds)


async def main():
    scheduler = Scheduler()
    for number in range(30):
        scheduler.start(scheduler.job(5 + 60 * number))
    await asyncio.sleep(SECONDS)


asyncio.run(main())
