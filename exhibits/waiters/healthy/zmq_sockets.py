"""ZeroMQ: sockets that wait in asyncio and in threads; a poller."""
# needs: pyzmq
import asyncio
import os
import threading

import zmq
import zmq.asyncio

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def receive(context, address):
    socket = context.socket(zmq.PULL)
    socket.connect(address)
    while True:
        socket.recv()


async def reply(context):
    socket = context.socket(zmq.REP)
    port = socket.bind_to_random_port("tcp://127.0.0.1")
    questions.append("tcp://127.0.0.1:%d" % port)
    while True:
        await socket.recv()
        await socket.send(b"yes")


async def listen(context):
    socket = context.socket(zmq.SUB)
    socket.bind("inproc://news%d" % len(sockets))
    sockets.append(socket)
    await socket.recv()


async def poll(context):
    socket = context.socket(zmq.PULL)
    socket.bind("inproc://polled")
    poller = zmq.asyncio.Poller()
    poller.register(socket, zmq.POLLIN)
    await poller.poll()


questions, sockets = [], []


async def main():
    context, plain = zmq.asyncio.Context(), zmq.Context()
    work = plain.socket(zmq.PUSH)
    address = "tcp://127.0.0.1:%d" % work.bind_to_random_port("tcp://127.0.0.1")
    for _ in range(3):
        threading.Thread(target=receive, args=(plain, address), daemon=True).start()
    tasks = [asyncio.ensure_future(each) for each in (reply(context), listen(context), listen(context), poll(context))]
    while not questions:
        await asyncio.sleep(0.01)
    question = context.socket(zmq.REQ)
    question.connect(questions[0])
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        await question.send(b"there?")
        await question.recv()
        work.send(b"work")
        await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    os._exit(0)


asyncio.run(main())
