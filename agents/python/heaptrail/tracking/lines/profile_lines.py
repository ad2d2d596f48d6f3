"""`@profile_lines`: which line of a function takes memory, and where its peak is."""

from __future__ import annotations

import functools
import inspect
from types import FunctionType
from typing import Any, Callable, Optional

from .line_profile import LineProfile
from .steps import Driven, Profiled, Step, Traced, drive

Function = Callable[..., Any]


def profile_lines(function: Any = None, *, show: Optional[Callable[[str], Any]] = None) -> Any:
    """The function, unchanged in what it does, with its figures in the attribute `line_profile` (a LineProfile).

        @heaptrail.profile_lines
        def load(path): ...
        load("data.csv")
        print(load.line_profile)

    `show` is called with the text after each call (`show=print`); what it raises is dropped.

    Works for functions, methods, generators, async functions and async generators, in recursions and in threads. Memory
    is that of tracemalloc, which is on during a call only, if it was not before: what was allocated before the call and
    is freed in it does not count then. It is the memory of the whole process: what other threads do meanwhile counts too.

    Line events come from sys.monitoring on Python 3.12 and newer, so that other code is not slowed down, and from
    sys.settrace before, where every call that the function makes costs about a microsecond more; a tracer that is set
    already goes on seeing everything, and is set again afterwards.
    """
    if function is None:
        return lambda wrapped: profile_lines(wrapped, show=show)
    if isinstance(function, (staticmethod, classmethod)):
        return type(function)(profile_lines(function.__func__, show=show))
    if not isinstance(function, FunctionType):
        raise TypeError("profile_lines takes a function written in Python; a class or a built-in function has no lines to follow")
    profiled = Profiled(function.__code__)
    profile = LineProfile(profiled.recorder)

    def shown() -> None:
        if show is not None:
            try:
                show(str(profile))
            except Exception:
                pass

    wrapper: Any = _wrapper_of(function, profiled, shown)
    wrapper.line_profile = profile
    return wrapper


def _wrapper_of(function: FunctionType, profiled: Profiled, shown: Callable[[], None]) -> Function:
    """A function of the same kind, so that whoever asks for the kind gets the same answer.

    A wrapper that is suspended lets go of the arguments: they live no longer than without it.
    """
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def coroutine(*args: Any, **kwargs: Any) -> Any:
            running = function(*args, **kwargs)
            del args, kwargs
            try:
                with Traced(profiled):
                    return await Driven(profiled, running)
            finally:
                shown()

        return coroutine
    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def generator(*args: Any, **kwargs: Any) -> Any:
            running = function(*args, **kwargs)
            del args, kwargs
            try:
                with Traced(profiled):
                    return (yield from drive(profiled, running))
            finally:
                shown()

        return generator
    if inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def async_generator(*args: Any, **kwargs: Any) -> Any:
            running = function(*args, **kwargs)
            del args, kwargs
            go_on: Any = running.asend
            box: Any = [None]
            try:
                with Traced(profiled):
                    while True:
                        try:
                            box.append(await Driven(profiled, go_on(box.pop())))
                        except StopAsyncIteration:
                            return
                        try:
                            box.append((yield box.pop()))
                            go_on = running.asend
                        except GeneratorExit:
                            await Driven(profiled, running.aclose())
                            raise
                        except BaseException as error:
                            box.append(error)
                            go_on = running.athrow
            finally:
                shown()

        return async_generator

    @functools.wraps(function)
    def plain(*args: Any, **kwargs: Any) -> Any:
        try:
            with Traced(profiled), Step(profiled):
                return function(*args, **kwargs)
        finally:
            shown()

    return plain
