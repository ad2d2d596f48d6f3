"""Each upload has a queue and a consumer; the producer ends with a last word, and the consumer with it."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
consumers = set()


async def consume(parts):
    while await parts.get() is not None:
        await asyncio.sleep(0.5)


async def upload():
    parts = asyncio.Queue()
    consumer = asyncio.ensure_future(consume(parts))
    consumers.add(consumer)
    consumer.add_done_callback(consumers.discard)
    for part in range(3):
        await parts.put(part)
    await parts.put(None)


async def main():
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        await upload()
        await asyncio.sleep(0.1)


asyncio.run(main())
