"""A task waits for a call in a thread, and the call for a lock that its owner gives back."""
import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
waiting = set()


def blocking_call():
    lock = threading.Lock()
    lock.acquire()
    threading.Timer(2, lock.release).start()
    lock.acquire()


async def call():
    executor = ThreadPoolExecutor(1)
    await asyncio.get_running_loop().run_in_executor(executor, blocking_call)
    executor.shutdown(wait=False)


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        new = asyncio.ensure_future(call())
        waiting.add(new)
        new.add_done_callback(waiting.discard)
        del new
        await asyncio.sleep(0.2)
    os._exit(0)


asyncio.run(main())
