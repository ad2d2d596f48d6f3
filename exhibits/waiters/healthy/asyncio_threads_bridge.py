"""An event loop in a thread of its own: threads wait for its coroutines, and coroutines for threads."""
import asyncio
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Background:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.inbox = None

    async def prepare(self):
        self.inbox = asyncio.Queue()

    async def ask(self):
        return await self.inbox.get()

    async def call_blocking(self):
        await self.loop.run_in_executor(None, time.sleep, 7200)


background = Background()
asyncio.run_coroutine_threadsafe(background.prepare(), background.loop).result()


def wait_for_coroutine():
    asyncio.run_coroutine_threadsafe(background.ask(), background.loop).result()


def wait_with_event():
    done = threading.Event()

    async def report():
        await background.ask()
        done.set()

    asyncio.run_coroutine_threadsafe(report(), background.loop)
    done.wait()


executor = ThreadPoolExecutor(4)
for _ in range(4):
    threading.Thread(target=wait_for_coroutine, daemon=True).start()
    threading.Thread(target=wait_with_event, daemon=True).start()
    executor.submit(time.sleep, 0.1)
asyncio.run_coroutine_threadsafe(background.call_blocking(), background.loop)
time.sleep(SECONDS)
os._exit(0)
