"""Tasks whose wake-up lies with what no variable of the program leads to: timers, selectors, executors, signals, other threads, C."""
import asyncio
import ctypes
import os
import signal
import sys
import threading
import time
import weakref

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
tasks, kept = set(), []


class Thing:
    pass


def reply():
    """Makes a task that waits for a future; gives what completes it."""
    future = asyncio.get_running_loop().create_future()

    async def wait():
        await future

    tasks.add(asyncio.ensure_future(wait()))
    return lambda *_: future.done() or future.set_result(None)


async def chained(inner):
    return await asyncio.shield(inner)


async def main():
    loop = asyncio.get_running_loop()
    reading, writing = os.pipe()
    loop.call_later(7200, reply())
    loop.add_reader(reading, reply())
    loop.add_signal_handler(signal.SIGUSR1, reply())
    signal.signal(signal.SIGUSR2, reply())
    loop.run_in_executor(None, lambda end=reply(): (time.sleep(7200), loop.call_soon_threadsafe(end)))
    threading.Timer(7200, loop.call_soon_threadsafe, [reply()]).start()
    loop.set_exception_handler(reply())
    thing = Thing()
    weakref.finalize(thing, reply())
    sys.unraisablehook = reply()
    kept.append(ctypes.CFUNCTYPE(None)(reply()))
    ctypes.pythonapi.Py_AtExit.argtypes = [ctypes.c_void_p]
    ctypes.pythonapi.Py_AtExit(ctypes.cast(kept[0], ctypes.c_void_p))
    for task in list(tasks):
        tasks.add(asyncio.ensure_future(chained(task)))
    later = loop.create_future()
    later.add_done_callback(reply())
    loop.call_at(loop.time() + 7200, later.set_result, None)
    del later
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(7200)")
    exited = asyncio.ensure_future(process.wait())
    exited.add_done_callback(reply())
    tasks.add(exited)
    del exited
    await asyncio.sleep(SECONDS)
    process.kill()
    os._exit(0)


asyncio.run(main())
