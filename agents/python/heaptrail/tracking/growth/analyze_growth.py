"""`@analyze_growth`: repeats a function and says whether it grows."""

from __future__ import annotations

import functools
import inspect
import sys
from types import FunctionType
from typing import Any, Callable, Optional, overload

from ..tracing import tracing
from ..type_name import type_name
from .analysis import GrowthAnalysis
from .growth_report import GrowthReport
from .stages import LEAST

Function = Callable[..., Any]


@overload
def analyze_growth(function: Function) -> Callable[..., Any]: ...
@overload
def analyze_growth(
    *, repetitions: int = ..., warm_up: int = ..., seconds: float = ..., frames: int = ...,
) -> Callable[[Function], Callable[..., Any]]: ...


def analyze_growth(
    function: Optional[Function] = None, *, repetitions: int = 1000, warm_up: int = 5, seconds: float = 30.0, frames: int = 5,
) -> Any:
    """A function that repeats the given one, with the arguments of the call, and returns a GrowthReport.

        @heaptrail.analyze_growth
        def scenario(): ...
        print(scenario())

    Of an async function the report has to be awaited. A generator is read to its end in each repetition.

    `repetitions`  at most this many (at least 12). Fewer are done when nothing grows. A cache or buffer that is not full
                   by then would be called growing, so it should be more than the largest one takes
    `warm_up`      repetitions before the first measurement
    `seconds`      stops after this time; the verdict is "cannot tell" then
    `frames`       frames that tracemalloc keeps, where it is not tracing already

    Judged is what survives a full collection: blocks and bytes by line (tracemalloc), live objects by type, entries of
    lists, dicts, sets and deques. Of memory that C code takes by itself nothing is seen. What the function raises ends
    the analysis and is raised. The collector runs, and with it the program's finalizers and gc callbacks.
    """
    if repetitions < LEAST:
        raise ValueError("at least %d repetitions are needed, not %d" % (LEAST, repetitions))
    if warm_up < 0:
        raise ValueError("warm_up must not be negative")

    def decorate(wrapped: Function) -> Function:
        if not callable(wrapped):
            raise TypeError("analyze_growth takes a function")
        name = wrapped.__qualname__ if isinstance(wrapped, FunctionType) else type_name(type(wrapped))
        call = _reader_of(wrapped)

        def analysis() -> GrowthAnalysis:
            return GrowthAnalysis(name, warm_up, repetitions, seconds)

        if _is_async(wrapped):

            @functools.wraps(wrapped)
            async def analysed(*args: Any, **kwargs: Any) -> GrowthReport:
                tracing.acquire(frames)
                try:
                    running = analysis()
                    for count in running.blocks():
                        for _ in range(count):
                            await call(*args, **kwargs)
                        await _let_others_run()
                    return running.report()
                finally:
                    tracing.release()

            return analysed

        @functools.wraps(wrapped)
        def repeated(*args: Any, **kwargs: Any) -> GrowthReport:
            tracing.acquire(frames)
            try:
                running = analysis()
                for count in running.blocks():
                    for _ in range(count):
                        call(*args, **kwargs)
                return running.report()
            finally:
                tracing.release()

        return repeated

    return decorate if function is None else decorate(function)


def _is_async(function: Function) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def _reader_of(function: Function) -> Function:
    """The function itself; of a generator function one that reads all of it."""
    if inspect.isasyncgenfunction(function):

        async def read_async(*args: Any, **kwargs: Any) -> None:
            async for _ in function(*args, **kwargs):
                pass

        return read_async
    if inspect.isgeneratorfunction(function):

        def read(*args: Any, **kwargs: Any) -> None:
            for _ in function(*args, **kwargs):
                pass

        return read
    return function


async def _let_others_run() -> None:
    """Callbacks that the last repetition has left to the loop are not what it leaves behind."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is not None and asyncio._get_running_loop() is not None:
        for _ in range(3):
            await asyncio.sleep(0)
