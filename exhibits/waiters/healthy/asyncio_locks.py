"""A lock held for a very long time, and everything else that waits in asyncio, with somebody far away who ends it."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Room:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.open = asyncio.Event()
        self.changed = asyncio.Condition()
        self.seats = asyncio.Semaphore(2)

    async def hold(self):
        async with self.lock:
            await asyncio.sleep(7200)

    async def enter(self):
        async with self.lock:
            pass

    async def wait_for_opening(self):
        await self.open.wait()

    async def wait_for_change(self):
        async with self.changed:
            await self.changed.wait()

    async def sit(self):
        async with self.seats:
            await asyncio.sleep(7200)

    async def porter(self):
        await asyncio.sleep(7200)
        self.open.set()
        async with self.changed:
            self.changed.notify_all()


async def main():
    room = Room()
    work = [room.hold, room.porter] + [room.enter, room.wait_for_opening, room.wait_for_change, room.sit] * 6
    tasks = [asyncio.ensure_future(each()) for each in work]
    del room, work
    await asyncio.wait(tasks, timeout=SECONDS)
    for task in tasks:
        task.cancel()


asyncio.run(main())
