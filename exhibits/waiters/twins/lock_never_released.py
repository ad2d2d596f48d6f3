"""A job takes the lock of its account, ends by an exception and gives it back; the next one goes on."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
jobs = set()


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()

    async def fail(self):
        async with self.lock:
            await asyncio.sleep(0.05)
            raise ValueError("no such account")

    async def pay(self):
        async with self.lock:
            await asyncio.sleep(0.5)


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        account = Account()
        await asyncio.gather(account.fail(), return_exceptions=True)
        job = asyncio.ensure_future(account.pay())
        jobs.add(job)
        job.add_done_callback(jobs.discard)
        del account, job
        await asyncio.sleep(0.1)


asyncio.run(main())
