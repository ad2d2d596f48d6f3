"""Databases without a server: aiosqlite has a thread for each connection, SQLAlchemy a greenlet for each call."""
# needs: sqlalchemy, aiosqlite, greenlet
import asyncio
import os

import aiosqlite
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


async def query(engine):
    while True:
        async with engine.connect() as connection:
            await connection.execute(text("select 1"))
        await asyncio.sleep(1)


async def hold(engine):
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))
        await asyncio.sleep(7200)


async def main():
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    idle = [await aiosqlite.connect(":memory:") for _ in range(5)]
    tasks = [asyncio.ensure_future(query(engine)), asyncio.ensure_future(hold(engine))]
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        await idle[0].execute("select 1")
        await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    os._exit(0)


asyncio.run(main())
