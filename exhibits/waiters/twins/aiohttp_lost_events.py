"""Background jobs of an aiohttp application, each waiting for an event of an order that is open: the oldest of twenty is paid."""
# needs: aiohttp
import asyncio
import collections
import os

import aiohttp
from aiohttp import web

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
jobs = web.AppKey("jobs", set)
open_orders = web.AppKey("open_orders", collections.deque)


class Order:
    def __init__(self):
        self.paid = asyncio.Event()

    async def ship(self):
        await self.paid.wait()


async def order(request):
    new = Order()
    job = asyncio.ensure_future(new.ship())
    request.app[jobs].add(job)
    job.add_done_callback(request.app[jobs].discard)
    request.app[open_orders].append(new)
    if len(request.app[open_orders]) > 20:
        request.app[open_orders].popleft().paid.set()
    return web.Response(text="ordered")


async def main():
    application = web.Application()
    application[jobs] = set()
    application[open_orders] = collections.deque()
    application.add_routes([web.get("/", order)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    until = asyncio.get_running_loop().time() + SECONDS
    async with aiohttp.ClientSession() as session:
        while asyncio.get_running_loop().time() < until:
            async with session.get("http://127.0.0.1:%d/" % runner.addresses[0][1]) as response:
                await response.text()
            await asyncio.sleep(0.1)
    os._exit(0)


asyncio.run(main())
