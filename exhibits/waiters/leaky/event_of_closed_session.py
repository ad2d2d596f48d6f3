"""A session's watcher waits for the session's end; sessions are dropped without being closed, their watchers are listed."""
# expect: task-never-wakes
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
watchers = []


class Session:
    def __init__(self):
        self.closed = asyncio.Event()

    def start(self):
        watchers.append(asyncio.ensure_future(self.watch()))

    async def watch(self):
        await self.closed.wait()  # WAITS


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        Session().start()
        await asyncio.sleep(0.1)


asyncio.run(main())
