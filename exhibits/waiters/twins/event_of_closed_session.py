"""A session's watcher waits for the session's end; the oldest of twenty sessions is closed."""
import asyncio
import collections
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
watchers = set()
sessions = collections.deque()


class Session:
    def __init__(self):
        self.closed = asyncio.Event()

    def start(self):
        watcher = asyncio.ensure_future(self.watch())
        watchers.add(watcher)
        watcher.add_done_callback(watchers.discard)

    async def watch(self):
        await self.closed.wait()


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        sessions.append(Session())
        sessions[-1].start()
        if len(sessions) > 20:
            sessions.popleft().closed.set()
        await asyncio.sleep(0.1)


asyncio.run(main())
