"""A job takes the lock of its account and ends by an exception without giving it back; the next one waits."""
# expect: task-never-wakes
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
jobs = set()


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()

    async def fail(self):
        await self.lock.acquire()
        raise ValueError("no such account")

    async def pay(self):
        await self.lock.acquire()  # WAITS
        self.lock.release()


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        account = Account()
        await asyncio.gather(account.fail(), return_exceptions=True)
        jobs.add(asyncio.ensure_future(account.pay()))
        del account
        await asyncio.sleep(0.1)


asyncio.run(main())
