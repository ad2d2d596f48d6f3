"""Each upload has a queue and a consumer; the producer goes without a last word, and the consumer waits on."""
# expect: task-never-wakes
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
consumers = set()


async def consume(parts):
    while True:
        await parts.get()  # WAITS


async def upload():
    parts = asyncio.Queue()
    consumers.add(asyncio.ensure_future(consume(parts)))
    for part in range(3):
        await parts.put(part)


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        await upload()
        await asyncio.sleep(0.1)


asyncio.run(main())
