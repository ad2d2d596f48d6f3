"""Starts a thread at the next collection: the one later moment that the interpreter offers unasked.

Like `gc_pauses` the callback consists of C functions only. It starts the thread once; `next` gives its default
when the iterators are empty.
"""

import gc

import _thread

from .c_parts import getitem, is_, partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class LateStart:
    """One thread that has not started yet."""

    __slots__ = ("_callback",)

    def __init__(self, body: "Callable[[], None]") -> None:
        start_thread: "Callable[..., Any]" = _thread.start_new_thread

        class Trigger:
            """Setting `stop` starts the thread; setting `start` does nothing."""

            __getitem__ = staticmethod(partial(next, map(start_thread, iter((body,)), iter(((),)))))
            start = property(None, is_)  # type: ignore[arg-type]  # any C function of two arguments will do
            stop = property(None, getitem)

        self._callback = partial(setattr, Trigger())
        gc.callbacks.append(self._callback)

    def cancel(self) -> None:
        """Takes the callback away; called by the thread itself, or instead of it."""
        for index in range(len(gc.callbacks) - 1, -1, -1):
            if gc.callbacks[index] is self._callback:
                del gc.callbacks[index]

