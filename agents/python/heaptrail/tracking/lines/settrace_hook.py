"""Line events by sys.settrace, for one code object, in one thread, beside whatever traces already."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from .line_recorder import LineRecorder


class SettraceHook:
    """From `install` to `remove`, in the thread that calls them.

    A tracer that is set (a debugger, a coverage tool) is called as before, and set again afterwards. One that the
    function itself sets in between stays.
    """

    def __init__(self, recorder: LineRecorder) -> None:
        self._recorder = recorder
        self._code = recorder.code
        self._former: Any = None
        self._is_set = False
        # The same objects at each look, unlike a bound method read anew: a new one for each frame would count as its own.
        self._own: Any = self._on_call
        self._local: Any = self._on_event

    def install(self) -> None:
        """Sets our tracer."""
        self._former = sys.gettrace()
        self._is_set = True
        sys.settrace(self._own)

    def remove(self) -> None:
        """Sets the former one again. None is set while it was ours: CPython takes a tracer away that has failed."""
        if not self._is_set:
            return
        self._is_set = False
        current = sys.gettrace()
        if current is self._own or current is None:
            sys.settrace(self._former)

    def _on_call(self, frame: FrameType, event: str, arg: Any) -> Any:
        former = self._former
        if frame.f_code is not self._code:
            return None if former is None else former(frame, event, arg)
        local = None if former is None else former(frame, event, arg)
        self._recorder.entered(frame.f_lineno)
        if former is None:
            return self._local
        return self._beside(local)

    def _on_event(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "line":
            self._recorder.line(frame.f_lineno)
        elif event == "return" and self._recorder.left():
            self.remove()  # at once: what heaptrail does from here on is not to be traced
        return self._local

    def _beside(self, local: Any) -> Any:
        """Our events and then those of the former tracer, which may change its local one with each."""

        def both(frame: FrameType, event: str, arg: Any) -> Any:
            nonlocal local
            self._local(frame, event, arg)
            if local is not None:
                local = local(frame, event, arg)
            return both

        return both
