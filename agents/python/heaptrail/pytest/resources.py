"""Threads, tasks, files and sockets that a test left behind."""

from __future__ import annotations

import os
import sys
import threading
from types import CoroutineType, FrameType
from typing import Any, Dict, List, Optional, Sequence

from ..graph.class_facts import is_kind, short_class_text
from ..graph.places import is_library_file, short_file

_MOST = 6


def left_behind(objects: Sequence[Any]) -> List[str]:
    """Of new objects: threads that run, with where they are; tasks that are not done, with where they wait. Each kind once."""
    texts: Dict[str, int] = {}
    frames = sys._current_frames()
    for thing in objects:
        text = _thread(thing, frames) if is_kind(thing, threading.Thread) else _task(thing)
        if text:
            texts[text] = texts.get(text, 0) + 1
    frames.clear()
    return ["%s%s" % (text, "" if number == 1 else "   (%d alike)" % number) for text, number in list(texts.items())[:_MOST]]


def _thread(thread: Any, frames: Dict[int, FrameType]) -> Optional[str]:
    # `_ident` is a plain attribute in every version; a property would be the program's to replace.
    ident = object.__getattribute__(thread, "__dict__").get("_ident")
    frame = frames.get(ident) if type(ident) is int else None
    return None if frame is None else "a thread (%s) runs at %s" % (short_class_text(type(thread)), _where(frame))


def _task(thing: Any) -> Optional[str]:
    asyncio = sys.modules.get("_asyncio")
    kind = getattr(asyncio, "Task", None)
    if kind is None or type(thing) is not kind or kind.done(thing):
        return None
    coroutine = kind.get_coro(thing)
    if type(coroutine) is not CoroutineType:
        return "a task is not done"
    code, frame = coroutine.cr_code, coroutine.cr_frame
    line = frame.f_lineno if frame is not None and frame.f_lineno else code.co_firstlineno
    return "a task of %s is not done: it waits at %s:%d" % (code.co_name, short_file(code.co_filename), line)


def _where(frame: Optional[FrameType]) -> str:
    """The innermost frame that is the program's, else the innermost."""
    innermost = frame
    while frame is not None and is_library_file(frame.f_code.co_filename):
        frame = frame.f_back
    shown = frame or innermost
    return "?" if shown is None else "%s:%d in %s" % (short_file(shown.f_code.co_filename), shown.f_lineno, shown.f_code.co_name)


class OpenDescriptors:
    """Which descriptors are open now; `more_than(before)` says what came."""

    def __init__(self) -> None:
        self.numbers = _numbers()

    def more_than(self, before: OpenDescriptors) -> List[str]:
        """`a file /tmp/x (3 alike)`, `a socket`."""
        texts: Dict[str, int] = {}
        for number in sorted(self.numbers - before.numbers):
            text = _descriptor_text(number)
            if text:
                texts[text] = texts.get(text, 0) + 1
        return ["%s is open%s" % (text, "" if count == 1 else "   (%d alike)" % count) for text, count in list(texts.items())[:_MOST]]


def _numbers() -> "set[int]":
    try:
        return {int(name) for name in os.listdir("/proc/self/fd")}
    except (OSError, ValueError):
        return set()


def _descriptor_text(number: int) -> str:
    try:
        target = os.readlink("/proc/self/fd/%d" % number)
    except OSError:
        return ""
    kind = target.split(":")[0]
    return "a " + kind if kind in ("socket", "pipe", "anon_inode") else "the file " + target
