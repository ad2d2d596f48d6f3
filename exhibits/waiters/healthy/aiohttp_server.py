"""A web server with keep-alive clients, websockets that say nothing, an event stream, and a long poll."""
# needs: aiohttp
import asyncio
import os

import aiohttp
from aiohttp import web

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Site:
    def __init__(self):
        self.news = asyncio.Event()

    async def hello(self, request):
        return web.Response(text="hello")

    async def poll(self, request):
        await self.news.wait()
        return web.Response(text="news")

    async def stream(self, request):
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        while True:
            await response.write(b"data: tick\n\n")
            await asyncio.sleep(5)

    async def socket(self, request):
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(message.data)
        return socket


async def listen(session, url):
    async with session.ws_connect(url) as socket:
        async for _ in socket:
            pass


async def read(session, url):
    async with session.get(url) as response:
        async for _ in response.content:
            pass


async def ask(session, url):
    while True:
        async with session.get(url) as response:
            await response.text()
        await asyncio.sleep(1)


async def main():
    site = Site()
    application = web.Application()
    application.add_routes([web.get("/" + name, getattr(site, name)) for name in ("hello", "poll", "stream", "socket")])
    runner = web.AppRunner(application)
    await runner.setup()
    tcp = web.TCPSite(runner, "127.0.0.1", 0)
    await tcp.start()
    base = "http://127.0.0.1:%d/" % runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        work = [listen(session, base + "socket") for _ in range(10)] + [read(session, base + "stream") for _ in range(5)]
        work += [read(session, base + "poll") for _ in range(5)] + [ask(session, base + "hello") for _ in range(5)]
        tasks = [asyncio.ensure_future(each) for each in work]
        await asyncio.sleep(SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await runner.cleanup()


asyncio.run(main())
