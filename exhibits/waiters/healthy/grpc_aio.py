"""gRPC for asyncio, server and client in one: streams that say nothing for long; its completion queue is C++."""
# needs: grpcio
import asyncio
import os

import grpc
import grpc.aio

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def echo(request, context):
    return request


async def watch(request, context):
    yield request
    await asyncio.sleep(7200)


def identity(data):
    return data


async def read(channel):
    async for _ in channel.unary_stream("/program/Watch", identity, identity)(b"x"):
        pass


async def main():
    server = grpc.aio.server()
    handlers = {"Echo": grpc.unary_unary_rpc_method_handler(echo), "Watch": grpc.unary_stream_rpc_method_handler(watch)}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("program", handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    waiting = asyncio.ensure_future(server.wait_for_termination())
    async with grpc.aio.insecure_channel("127.0.0.1:%d" % port) as channel:
        tasks = [asyncio.ensure_future(read(channel)) for _ in range(10)]
        until = asyncio.get_running_loop().time() + SECONDS
        while asyncio.get_running_loop().time() < until:
            await channel.unary_unary("/program/Echo", identity, identity)(b"x")
            await asyncio.sleep(1)
        for task in [waiting, *tasks]:
            task.cancel()
        os._exit(0)


asyncio.run(main())
