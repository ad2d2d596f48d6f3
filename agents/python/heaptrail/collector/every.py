"""`collect_every`: a collection after each n calls, with its measured effect."""

from __future__ import annotations

import functools
import inspect
import itertools
import os
import threading
from typing import Any, Callable, TypeVar, cast

from .collection import CollectionSums, collect

Function = TypeVar("Function", bound=Callable[..., Any])


class collect_every:  # noqa: N801  used like a function
    """Collects after each `n` calls: between two requests instead of within one.

        every = heaptrail.collect_every(100)
        while True:
            handle(next_request())
            every()

        @every                     or around a function, plain or async
        def handle(request): ...

        print(every.effect)        what the collections brought, and took

    The collector stays as it is; it has less to do, because each of these starts its counts anew. With `generation` 0
    or 1 only young objects are looked at. Any thread may call it; one of them collects, the others go on.
    """

    def __init__(self, n: int, *, generation: int = 2) -> None:
        if n < 1:
            raise ValueError("n must be at least 1, not %d" % n)
        if generation not in (0, 1, 2):
            raise ValueError("generation must be 0, 1 or 2, not %r" % (generation,))
        self.n, self.generation = n, generation
        self.effect = CollectionSums()
        self._numbers = itertools.count(1)  # `next` of it is one step for all threads
        self._turn = threading.Lock()
        self._pid = os.getpid()

    def __call__(self, function: Any = None) -> Any:
        if function is None:
            return self._count()
        return self._around(function)

    def _count(self) -> bool:
        """One call more; True when it collected."""
        if next(self._numbers) % self.n:
            return False
        if self._pid != os.getpid():  # forked while another thread collected: that one did not come along
            self._turn, self._pid = threading.Lock(), os.getpid()
        if not self._turn.acquire(False):
            return False
        try:
            self.effect.add(collect(self.generation))
        finally:
            self._turn.release()
        return True

    def _around(self, function: Function) -> Function:
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def counted_async(*args: Any, **kwargs: Any) -> Any:
                try:
                    return await function(*args, **kwargs)
                finally:
                    self._count()

            return cast(Function, counted_async)

        @functools.wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            finally:
                self._count()

        return cast(Function, counted)
