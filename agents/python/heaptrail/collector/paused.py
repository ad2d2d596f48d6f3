"""`gc_paused`: no automatic collection for a while, and afterwards everything as before."""

from __future__ import annotations

import _thread
import functools
import gc
import inspect
import os
import threading
from typing import Any, Callable, Dict, List, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])


class _Pauses:
    """The pauses of all threads. The first one notes whether the collector is on, the last one puts that back."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._count_by_thread: Dict[int, int] = {}
        self._was_enabled = False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._in_child)

    def begin(self) -> int:
        """One pause of this thread; returns the thread."""
        thread = _thread.get_ident()
        with self._lock:
            if not self._count_by_thread:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self._count_by_thread[thread] = self._count_by_thread.get(thread, 0) + 1
        return thread

    def end(self, thread: int) -> None:
        """The end of a pause that this thread began."""
        with self._lock:
            count = self._count_by_thread.pop(thread, 0)
            if count > 1:
                self._count_by_thread[thread] = count - 1
            if count == 1 and not self._count_by_thread:
                self._restore()

    def _restore(self) -> None:
        if self._was_enabled:
            gc.enable()
        else:
            gc.disable()

    def _in_child(self) -> None:
        """Of a fork: the pauses of other threads will not end here, so they are over."""
        self._lock = threading.RLock()
        here = self._count_by_thread.get(_thread.get_ident(), 0)
        had_any = bool(self._count_by_thread)
        self._count_by_thread = {_thread.get_ident(): here} if here else {}
        if had_any and not here:
            self._restore()


_pauses = _Pauses()


class gc_paused:  # noqa: N801  used like a function
    """No automatic collection inside, and the former state after it.

        with heaptrail.gc_paused():
            answer_quickly()

        @heaptrail.gc_paused()
        def handle(request): ...

    May be nested and used in several threads at once: the collector is one for the process, so it comes back with the
    last pause that ends, also when that ends with an exception. What was switched off before stays off. gc.collect()
    works inside; reference counts free what is in no cycle, as ever (on PyPy nothing is freed).

    As a decorator it takes plain and async functions; the pause of an async function lasts over its awaits, for
    everybody. A generator function is refused with TypeError, because it may never be read to its end.
    """

    def __init__(self) -> None:
        self._threads: List[int] = []

    def __enter__(self) -> gc_paused:
        self._threads.append(_pauses.begin())
        return self

    def __exit__(self, *_exc: object) -> None:
        # Usually the thread that began; another one when a generator with a `with` in it was handed on.
        thread = _thread.get_ident()
        if thread in self._threads:
            self._threads.remove(thread)
        else:
            thread = self._threads.pop()
        _pauses.end(thread)

    def __call__(self, function: Function) -> Function:
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError("a generator may be left before its end; put `with gc_paused():` around what must not be interrupted")
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def in_pause(*args: Any, **kwargs: Any) -> Any:
                with gc_paused():
                    return await function(*args, **kwargs)

            return cast(Function, in_pause)

        @functools.wraps(function)
        def paused(*args: Any, **kwargs: Any) -> Any:
            with gc_paused():
                return function(*args, **kwargs)

        return cast(Function, paused)
