"""On uvloop, whose loop is native code: futures that a table has; the oldest of twenty is answered."""
# needs: uvloop
import asyncio
import collections
import os

import uvloop

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
tasks = set()
replies = collections.deque()


async def wait(reply):
    await reply


async def main():
    loop = asyncio.get_running_loop()
    until = loop.time() + SECONDS
    while loop.time() < until:
        replies.append(loop.create_future())
        task = loop.create_task(wait(replies[-1]))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        if len(replies) > 20:
            replies.popleft().set_result(None)
        await asyncio.sleep(0.1)
    os._exit(0)


uvloop.install()
asyncio.run(main())
