"""Waits for child processes: for their end, for their output, for both."""
import asyncio
import os
import sys

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
SLEEP = "import time, sys; sys.stdout.write('begun'); sys.stdout.flush(); time.sleep(%f)" % (SECONDS + 5)


async def start():
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, "-c", SLEEP, stdin=pipe, stdout=pipe)


async def wait():
    process = await start()
    try:
        await process.wait()
    finally:
        process.kill()


async def communicate():
    process = await start()
    try:
        await process.communicate()
    finally:
        process.kill()


async def read():
    process = await start()
    try:
        await process.stdout.read()
    finally:
        process.kill()


async def main():
    tasks = [asyncio.ensure_future(each()) for each in (wait, communicate, read)]
    await asyncio.sleep(SECONDS)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


asyncio.run(main())
