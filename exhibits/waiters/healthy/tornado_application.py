"""Tornado: handlers that wait for a condition, a queue and a websocket; periodic callbacks."""
# needs: tornado
import asyncio
import os

import tornado.httpclient
import tornado.ioloop
import tornado.locks
import tornado.queues
import tornado.web
import tornado.websocket

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


class Poll(tornado.web.RequestHandler):
    changed = tornado.locks.Condition()

    async def get(self):
        await self.changed.wait()
        self.write("news")


class Echo(tornado.websocket.WebSocketHandler):
    async def on_message(self, message):
        await self.write_message(message)


async def work(queue):
    async for _ in queue:
        queue.task_done()


async def listen(url):
    connection = await tornado.websocket.websocket_connect(url)
    while await connection.read_message() is not None:
        pass


async def poll(url):
    await tornado.httpclient.AsyncHTTPClient().fetch(url, request_timeout=7200)


async def main():
    application = tornado.web.Application([("/poll", Poll), ("/echo", Echo)])
    server = application.listen(0, "127.0.0.1")
    port = next(iter(server._sockets.values())).getsockname()[1]
    queue = tornado.queues.Queue()
    periodic = tornado.ioloop.PeriodicCallback(lambda: queue.put_nowait(1), 1000)
    periodic.start()
    waits = [work(queue) for _ in range(3)] + [poll("http://127.0.0.1:%d/poll" % port) for _ in range(5)] + [listen("ws://127.0.0.1:%d/echo" % port) for _ in range(5)]
    tasks = [asyncio.ensure_future(each) for each in waits]
    await asyncio.sleep(SECONDS)
    for task in tasks:
        task.cancel()
    os._exit(0)


asyncio.run(main())
