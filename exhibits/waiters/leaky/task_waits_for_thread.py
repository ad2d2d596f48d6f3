"""A task waits for a call in a thread, and the call for a lock that its owner never gives back: both for ever."""
# expect: task-never-wakes, thread-never-ends
import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
waiting = []


def blocking_call():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()  # WAITS


async def call():
    executor = ThreadPoolExecutor(1)
    await asyncio.get_running_loop().run_in_executor(executor, blocking_call)  # WAITS TOO


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        waiting.append(asyncio.ensure_future(call()))
        await asyncio.sleep(0.2)
    os._exit(0)


asyncio.run(main())
