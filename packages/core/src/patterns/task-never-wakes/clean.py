"""The same without the mistake: who drops an entry of the reply table fails its future."""
import asyncio

pending = {}
handlers = set()


async def ask(number):
    reply = asyncio.get_running_loop().create_future()
    pending[number] = reply
    try:
        return await reply
    except ConnectionError:
        return None


async def main():
    number = 0
    while True:
        number += 1
        handler = asyncio.create_task(ask(number))
        handlers.add(handler)
        handler.add_done_callback(handlers.discard)
        await asyncio.sleep(0.02)
        pending.pop(number).set_exception(ConnectionError())


asyncio.run(main())
