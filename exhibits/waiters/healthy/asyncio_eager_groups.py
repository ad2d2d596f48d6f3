"""Eager tasks, groups of tasks and timeouts, as Python 3.12 has them: a group waits for its children, and they for a slow source."""
# python: >=3.12
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def child(queue, started):
    started.set()
    while True:
        await queue.get()


async def group(queue):
    started = asyncio.Event()
    async with asyncio.TaskGroup() as children:
        for _ in range(3):
            children.create_task(child(queue, started))
        await started.wait()


async def with_limit():
    async with asyncio.timeout(7200):
        await asyncio.get_running_loop().create_future()


async def source(queue):
    while True:
        await asyncio.sleep(1)
        queue.put_nowait(1)


async def later(barrier):
    await asyncio.sleep(7200)
    await barrier.wait()


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    queue, barrier = asyncio.Queue(), asyncio.Barrier(3)
    running = [loop.create_task(each) for each in (group(queue), source(queue), with_limit(), later(barrier))]
    running += [loop.create_task(barrier.wait()) for _ in range(2)]
    await asyncio.wait(running, timeout=SECONDS)
    os._exit(0)


asyncio.run(main())
