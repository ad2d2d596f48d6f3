"""Waits with limits far away: sleeps of hours, time-outs around futures that nobody else has, shields, and races."""
import asyncio
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
kept = []


async def sleeper():
    await asyncio.sleep(7200)


async def with_limit():
    try:
        await asyncio.wait_for(asyncio.get_running_loop().create_future(), 7200)
    except asyncio.TimeoutError:
        pass


async def race():
    never = asyncio.get_running_loop().create_future()
    late = asyncio.ensure_future(sleeper())
    await asyncio.wait({never, late}, return_when=asyncio.FIRST_COMPLETED)


async def shielded():
    await asyncio.shield(sleeper())


async def gathered():
    await asyncio.gather(sleeper(), with_limit(), return_exceptions=True)


async def cancelled_later():
    reply = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(7200, reply.cancel)
    await reply


async def main():
    for each in (sleeper, with_limit, race, shielded, gathered, cancelled_later):
        for _ in range(5):
            kept.append(asyncio.ensure_future(each()))
    await asyncio.sleep(SECONDS)
    for each in kept:
        each.cancel()


asyncio.run(main())
