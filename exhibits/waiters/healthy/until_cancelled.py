"""Services that run until they are cancelled or the program ends, and say so in their own ways: each of them once."""
import asyncio
import os
import threading
import time

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Service:
    def __init__(self):
        self.stopped = asyncio.Event()

    async def run(self):
        await self.stopped.wait()


class Application:
    async def with_event(self):
        stop = asyncio.Event()
        await stop.wait()

    async def with_future(self):
        forever = asyncio.get_running_loop().create_future()
        try:
            await forever
        finally:
            self.is_closed = True

    async def with_queue(self):
        nothing = asyncio.Queue()
        while True:
            await nothing.get()

    async def with_lock(self):
        lock = asyncio.Lock()
        await lock.acquire()
        await lock.acquire()

    async def supervise(self):
        await asyncio.ensure_future(Service().run())

    def start(self):
        names = ("with_event", "with_future", "with_queue", "with_lock", "supervise")
        self.tasks = [asyncio.ensure_future(getattr(self, name)()) for name in names]


def keep_open():
    closed = threading.Event()
    closed.wait()


def serve():
    threading.Event().wait()


async def main():
    application = Application()
    application.start()
    await asyncio.sleep(SECONDS)
    for task in application.tasks:
        task.cancel()
    os._exit(0)


threading.Thread(target=keep_open, daemon=True).start()
for _ in range(3):
    threading.Thread(target=serve, daemon=True).start()
asyncio.run(main())
