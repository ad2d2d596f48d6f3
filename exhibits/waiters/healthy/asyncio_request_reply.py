"""A client library that numbers its requests: replies come from a reader task, some of them very late."""
import asyncio
import json
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Client:
    def __init__(self):
        self.pending = {}
        self.number = 0

    async def connect(self, port):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        self.receiver = asyncio.ensure_future(self.receive())

    async def receive(self):
        while True:
            line = await self.reader.readline()
            if not line:
                break
            reply = json.loads(line.decode())
            self.pending.pop(reply["id"]).set_result(reply)

    async def ask(self, delay):
        self.number += 1
        future = self.pending[self.number] = asyncio.get_running_loop().create_future()
        self.writer.write(json.dumps({"id": self.number, "delay": delay}).encode() + b"\n")
        return await future


async def serve(reader, writer):
    async def reply(question):
        await asyncio.sleep(question["delay"])
        writer.write(json.dumps({"id": question["id"]}).encode() + b"\n")

    answers = set()
    while True:
        line = await reader.readline()
        if not line:
            break
        answer = asyncio.ensure_future(reply(json.loads(line.decode())))
        answers.add(answer)
        answer.add_done_callback(answers.discard)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    client = Client()
    await client.connect(server.sockets[0].getsockname()[1])
    questions = [asyncio.ensure_future(client.ask(7200)) for _ in range(20)]
    del client
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        await asyncio.sleep(1)
    for question in questions:
        question.cancel()


asyncio.run(main())
