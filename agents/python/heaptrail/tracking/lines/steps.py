"""Runs calls, and the single steps of generators and coroutines, with the events of a recorder on."""

from __future__ import annotations

import os
import sys
import weakref
from types import CodeType
from typing import Any, Generator, Optional

from ..tracing import tracing
from . import monitoring_hook
from .line_recorder import Activity, LineRecorder
from .monitoring_hook import MonitoringHook
from .settrace_hook import SettraceHook


class Profiled:
    """One profiled function: its recorder, and `with` blocks to run it in."""

    def __init__(self, code: CodeType) -> None:
        self.recorder = LineRecorder(code)
        _all.add(self)

    def hook(self) -> Any:
        """What brings line events in this interpreter, now."""
        if hasattr(sys, "monitoring") and monitoring_hook.has_room():
            return MonitoringHook(self.recorder)
        return SettraceHook(self.recorder)


class Traced:
    """Tracing from the beginning of a call, or the first step of a generator, to its end."""

    __slots__ = ("_profiled",)

    def __init__(self, profiled: Profiled) -> None:
        self._profiled = profiled

    def __enter__(self) -> None:
        tracing.acquire(1)
        _warm_up_once()
        self._profiled.recorder.count_call()

    def __exit__(self, *_exc: object) -> None:
        tracing.release()


class Step:
    """One stretch without a pause, in this thread: a whole call, or what a generator does until it yields."""

    __slots__ = ("_profiled", "_yields", "_entry_bytes", "_deep", "_opened", "_hook")

    def __init__(self, profiled: Profiled, entry_bytes: Optional[int] = None, yields: bool = False) -> None:
        self._profiled, self._yields, self._entry_bytes = profiled, yields, entry_bytes
        self._deep = 0
        self._opened: Optional[Activity] = None
        self._hook: Any = None

    def __enter__(self) -> Activity:
        recorder = self._profiled.recorder
        activity = recorder.activity()
        if activity is not None:  # a recursion
            self._deep = len(activity.at)
            return activity
        self._hook = self._profiled.hook()
        self._opened = activity = Activity(self._entry_bytes)
        recorder.open(activity)
        self._hook.install()
        return activity

    def __exit__(self, error_type: Optional[type], *_exc: object) -> None:
        recorder = self._profiled.recorder
        if not self._yields or error_type is not None:
            recorder.finished(self._deep)
        if self._opened is not None:
            self._hook.remove()
            recorder.close(self._opened)


class Driven:
    """Awaits something that is awaitable step by step, each step profiled."""

    __slots__ = ("_profiled", "_running")

    def __init__(self, profiled: Profiled, running: Any) -> None:
        self._profiled, self._running = profiled, running

    def __await__(self) -> Generator[Any, Any, Any]:
        return drive(self._profiled, self._running)


def drive(profiled: Profiled, running: Any) -> Generator[Any, Any, Any]:
    """Hands everything on between a caller and a generator or coroutine, as `yield from` does, each step profiled.

    What passes through is in `box` only until it is handed on, so that none of it lives longer than without us.
    """
    entry_bytes: Optional[int] = None
    go_on: Any = running.send
    box: Any = [None]
    while True:
        try:
            with Step(profiled, entry_bytes, yields=True) as activity:
                box.append(go_on(box.pop()))
                entry_bytes = activity.entry_bytes
        except StopIteration as stop:
            return stop.value
        try:
            box.append((yield box.pop()))
            go_on = running.send
        except GeneratorExit:
            with Step(profiled, entry_bytes):
                running.close()
            raise
        except BaseException as error:
            box.append(error)
            go_on = running.throw


_is_warm = False


def _warm_up_once() -> None:
    """What the interpreter allocates when code of ours runs first must not be taken for the program's."""
    global _is_warm
    if not _is_warm:
        _is_warm = True
        sample = Profiled(_sample.__code__)
        for _ in range(3):
            with Step(sample):
                _sample()


def _sample() -> int:
    value = 1
    return value


_all: "weakref.WeakSet[Profiled]" = weakref.WeakSet()


def _in_child() -> None:
    for profiled in list(_all):
        profiled.recorder.in_child()
    if hasattr(sys, "monitoring"):
        monitoring_hook.in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
