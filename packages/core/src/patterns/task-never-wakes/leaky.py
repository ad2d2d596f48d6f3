"""Every request notes a future for its reply; replies that come late find their entry gone, and nobody tells who waits."""
import asyncio

pending = {}
handlers = []


async def ask(number):
    reply = asyncio.get_running_loop().create_future()
    pending[number] = reply
    return await reply


async def main():
    number = 0
    while True:
        number += 1
        handlers.append(asyncio.create_task(ask(number)))
        await asyncio.sleep(0.02)
        pending.pop(number)


asyncio.run(main())
