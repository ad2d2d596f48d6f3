"""FastAPI behind uvicorn: sync and async handlers, background tasks, a stream, websockets, lifespan, clients that wait."""
# needs: fastapi, uvicorn, httpx, websockets
import asyncio
import contextlib
import os
import time

import httpx
import uvicorn
import websockets
from fastapi import BackgroundTasks, FastAPI, WebSocket
from fastapi.responses import StreamingResponse

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def sweep():
    while True:
        await asyncio.sleep(5)


@contextlib.asynccontextmanager
async def lifespan(application):
    application.state.news = asyncio.Event()
    sweeper = asyncio.create_task(sweep())
    yield
    sweeper.cancel()


application = FastAPI(lifespan=lifespan)


@application.get("/sync")
def in_thread():
    time.sleep(0.01)
    return {"hello": "world"}


@application.get("/background")
async def background(tasks: BackgroundTasks):
    tasks.add_task(asyncio.sleep, 20)
    return {}


@application.get("/poll")
async def poll():
    await application.state.news.wait()
    return {}


@application.get("/stream")
async def stream():
    async def events():
        while True:
            yield b"tick\n"
            await asyncio.sleep(5)

    return StreamingResponse(events())


@application.websocket("/socket")
async def socket(connection: WebSocket):
    await connection.accept()
    while True:
        await connection.send_text(await connection.receive_text())


async def read(client, path):
    async with client.stream("GET", path, timeout=None) as response:
        async for _ in response.aiter_bytes():
            pass


async def listen(url):
    async with websockets.connect(url) as connection:
        async for _ in connection:
            pass


async def ask(client, path):
    while True:
        await client.get(path)
        await asyncio.sleep(1)


async def main():
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="warning", loop="none", timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url="http://127.0.0.1:%d" % port) as client:
        work = [ask(client, path) for path in ("/sync", "/background")] + [read(client, path) for path in ("/poll", "/stream") for _ in range(5)]
        work += [listen("ws://127.0.0.1:%d/socket" % port) for _ in range(5)]
        tasks = [asyncio.create_task(each) for each in work]
        await asyncio.sleep(SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    server.should_exit = True
    await serving


asyncio.run(main())
