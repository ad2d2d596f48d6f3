"""A client fails the futures of its reply table when a connection breaks, and asks again: ten wait for replies that may come."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Client:
    def __init__(self):
        self.pending = {}

    async def ask(self, number):
        reply = self.pending[number] = asyncio.get_running_loop().create_future()
        return await reply

    def connection_lost(self):
        pending, self.pending = self.pending, {}
        for reply in pending.values():
            reply.set_exception(ConnectionError())


async def main():
    client = Client()
    requests = [asyncio.ensure_future(client.ask(number)) for number in range(10)]
    await asyncio.sleep(0)
    client.connection_lost()
    await asyncio.gather(*requests, return_exceptions=True)
    requests = [asyncio.ensure_future(client.ask(number)) for number in range(10)]
    await asyncio.sleep(SECONDS)
    for request in requests:
        request.cancel()


asyncio.run(main())
