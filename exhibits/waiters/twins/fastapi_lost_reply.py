"""A FastAPI handler waits for a worker's reply; the worker fails the replies that it drops."""
# needs: fastapi, uvicorn, httpx
import asyncio
import os

import httpx
import uvicorn
from fastapi import FastAPI

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
application = FastAPI()
replies = {}


@application.get("/ask/{number}")
async def ask(number: int):
    reply = replies[number] = asyncio.get_running_loop().create_future()
    return await reply


async def main():
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error", loop="none"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    base = "http://127.0.0.1:%d" % server.servers[0].sockets[0].getsockname()[1]
    until, number = asyncio.get_running_loop().time() + SECONDS, 0
    async with httpx.AsyncClient(base_url=base) as client:
        while asyncio.get_running_loop().time() < until:
            number += 1
            try:
                await client.get("/ask/%d" % number, timeout=0.1)
            except httpx.TimeoutException:
                pass
            reply = replies.pop(number, None)
            if reply is not None and not reply.done():
                reply.set_result(None)
    os._exit(0)
    await serving


asyncio.run(main())
