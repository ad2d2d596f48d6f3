"""Tasks that wait for what nobody will bring, and that timers cancel: by method, by function, by closure, by partial."""
import asyncio
import functools
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
sessions = []


class Session:
    def __init__(self, loop):
        reply = loop.create_future()
        self.task = loop.create_task(self.wait(reply))
        loop.call_later(7200, self.expire)

    async def wait(self, reply):
        await reply

    def expire(self):
        self.task.cancel()


async def wait(reply):
    await reply


def cancel(task):
    task.cancel()


async def main():
    loop = asyncio.get_running_loop()
    for _ in range(5):
        sessions.append(Session(loop))
        for schedule in (
            lambda task: loop.call_later(7200, task.cancel),
            lambda task: loop.call_later(7200, cancel, task),
            lambda task: loop.call_later(7200, lambda: task.cancel()),
            lambda task: loop.call_at(loop.time() + 7200, functools.partial(cancel, task)),
            lambda task: loop.call_later(7200, functools.partial(cancel, task=task)),
        ):
            task = loop.create_task(wait(loop.create_future()))
            schedule(task)
            sessions.append(task)
    del task
    await asyncio.sleep(SECONDS)


asyncio.run(main())
