"""Schedulers of APScheduler, in a thread and in asyncio, with executors of their own."""
# needs: apscheduler
import asyncio
import os
import time

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))


def quick():
    return time.time()


async def in_loop():
    await asyncio.sleep(0.1)


async def main():
    background = BackgroundScheduler(executors={"default": ThreadPoolExecutor(5)})
    background.add_job(quick, "interval", seconds=2)
    background.add_job(time.sleep, "date", args=[7200])
    background.start()
    scheduler = AsyncIOScheduler()
    scheduler.add_job(in_loop, "interval", seconds=2)
    scheduler.add_job(quick, "interval", hours=1)
    scheduler.start()
    await asyncio.sleep(SECONDS)
    os._exit(0)


asyncio.run(main())
