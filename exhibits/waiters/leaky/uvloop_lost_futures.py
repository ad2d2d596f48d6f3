"""The same on uvloop, whose loop is native code: a future that only its task has is lost there, too."""
# expect: task-never-wakes
# needs: uvloop
import asyncio
import os

import uvloop

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
tasks = []


async def wait(reply):
    await reply  # WAITS


async def main():
    loop = asyncio.get_running_loop()
    until = loop.time() + SECONDS
    while loop.time() < until:
        tasks.append(loop.create_task(wait(loop.create_future())))
        await asyncio.sleep(0.1)
    os._exit(0)


uvloop.install()
asyncio.run(main())
