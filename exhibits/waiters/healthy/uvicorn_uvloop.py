"""A bare ASGI application on uvicorn with uvloop: keep-alive connections, and one that is never answered in time."""
# needs: uvicorn, uvloop, httpx, httptools
import asyncio
import os
import threading

import httpx
import uvicorn

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Application:
    def __init__(self):
        self.waiting = []

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        if scope["path"] == "/later":
            later = asyncio.get_running_loop().create_future()
            self.waiting.append(later)
            await later
        if scope["path"] == "/until-gone":
            while (await receive())["type"] != "http.disconnect":
                pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


def clients(port):
    base = "http://127.0.0.1:%d" % port
    for path in ("/later", "/until-gone"):
        for _ in range(5):
            threading.Thread(target=lambda path=path: httpx.get(base + path, timeout=None), daemon=True).start()
    with httpx.Client(base_url=base) as client:
        while True:
            client.get("/")
            threading.Event().wait(1)


async def main():
    server = uvicorn.Server(uvicorn.Config(Application(), port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    threading.Thread(target=clients, args=(server.servers[0].sockets[0].getsockname()[1],), daemon=True).start()
    await asyncio.sleep(SECONDS)
    os._exit(0)
    await serving


import uvloop  # noqa: E402

uvloop.install()
asyncio.run(main())
