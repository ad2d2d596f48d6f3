"""The program waits for a signal; its workers wait for the event that the handler sets."""
import asyncio
import os
import signal

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def worker(stop):
    await stop.wait()


async def main():
    loop = asyncio.get_running_loop()
    stop = loop.create_future()
    ended = asyncio.Event()
    workers = [asyncio.ensure_future(worker(ended)) for _ in range(10)]
    loop.add_signal_handler(signal.SIGUSR1, stop.set_result, None)
    loop.add_signal_handler(signal.SIGUSR2, ended.set)
    del ended
    try:
        await asyncio.wait_for(stop, SECONDS)
    except asyncio.TimeoutError:
        pass
    for each in workers:
        each.cancel()


asyncio.run(main())
