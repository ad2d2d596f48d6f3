"""Queues between threads and tasks, and background jobs with a limit: waits of both kinds on one object."""
# needs: janus, aiojobs
import asyncio
import os
import threading

import aiojobs
import janus

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def consume(queue):
    while True:
        queue.get()


async def take(queue):
    while True:
        await queue.get()


async def main():
    to_thread, to_task = janus.Queue(), janus.Queue()
    for _ in range(3):
        threading.Thread(target=consume, args=(to_thread.sync_q,), daemon=True).start()
    scheduler = aiojobs.Scheduler(limit=5)
    for _ in range(4):
        await scheduler.spawn(take(to_task.async_q))
    for _ in range(4):
        await scheduler.spawn(asyncio.sleep(7200))
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        await to_thread.async_q.put(1)
        await to_task.async_q.put(1)
        await asyncio.sleep(1)
    os._exit(0)


asyncio.run(main())
