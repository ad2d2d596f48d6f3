"""Background jobs of an aiohttp application, each waiting for an event of a request that is over."""
# expect: task-never-wakes
# needs: aiohttp
import asyncio
import os

import aiohttp
from aiohttp import web

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
jobs = web.AppKey("jobs", set)


class Order:
    def __init__(self):
        self.paid = asyncio.Event()

    async def ship(self):
        await self.paid.wait()  # WAITS


async def order(request):
    request.app[jobs].add(asyncio.ensure_future(Order().ship()))
    return web.Response(text="ordered")


async def main():
    application = web.Application()
    application[jobs] = set()
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
