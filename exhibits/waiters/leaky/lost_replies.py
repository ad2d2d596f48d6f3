"""A client drops the entries of its reply table when a connection breaks, and fails none of their futures. Ten at the start, and none after."""
# expect: task-never-wakes
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Client:
    def __init__(self):
        self.pending = {}

    async def ask(self, number):
        reply = self.pending[number] = asyncio.get_running_loop().create_future()
        return await reply  # WAITS

    def connection_lost(self):
        self.pending = {}


async def main():
    client = Client()
    requests = [asyncio.ensure_future(client.ask(number)) for number in range(10)]
    await asyncio.sleep(0)
    client.connection_lost()
    await asyncio.sleep(SECONDS)
    for request in requests:
        request.cancel()


asyncio.run(main())
