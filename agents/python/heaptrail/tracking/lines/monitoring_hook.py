"""Line events by sys.monitoring (3.12 and newer): for one code object, in all threads, at no cost to other code."""

from __future__ import annotations

import inspect
import sys
import threading
from types import CodeType
from typing import Any, Dict, List, Optional

from .line_recorder import LineRecorder

# Numbers that nobody has reserved come first.
_TOOL_IDS = (4, 3, 2, 5)
_NAME = "heaptrail"
_SUSPENDS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class MonitoringHook:
    """From `install` to `remove`; nested and in several threads, the events are on as long as one needs them."""

    def __init__(self, recorder: LineRecorder) -> None:
        self._recorder = recorder

    def install(self) -> None:
        """Begins with the first; ask `has_room` before."""
        _monitoring.add(self._recorder)

    def remove(self) -> None:
        """Takes back one `install`."""
        _monitoring.drop(self._recorder)


class _Monitoring:
    """The tool that we are to sys.monitoring, from the first recorder to the last."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._tool: Optional[int] = None
        self._uses: Dict[int, int] = {}
        self._recorders: Dict[int, LineRecorder] = {}
        self._lines: Dict[int, Dict[int, int]] = {}

    def add(self, recorder: LineRecorder) -> None:
        key = id(recorder.code)
        with self.lock:
            if self._tool is None:
                self._start()
            self._uses[key] = self._uses.get(key, 0) + 1
            if self._uses[key] == 1:
                self._recorders[key] = recorder
                self._lines[key] = _resumable_lines(recorder.code)
                self._api.set_local_events(self._tool, recorder.code, self._wanted())

    def has_room(self) -> bool:
        """True while we have a number, or one is free."""
        with self.lock:
            return self._tool is not None or any(self._api.get_tool(tool) is None for tool in _TOOL_IDS)

    def drop(self, recorder: LineRecorder) -> None:
        key = id(recorder.code)
        with self.lock:
            self._uses[key] -= 1
            if self._uses[key] > 0:
                return
            self._api.set_local_events(self._tool, recorder.code, 0)
            del self._uses[key], self._recorders[key], self._lines[key]
            if not self._uses:
                self._stop()

    @property
    def _api(self) -> Any:
        return getattr(sys, "monitoring")

    def _wanted(self) -> int:
        events = self._api.events
        return int(events.PY_START | events.PY_RESUME | events.PY_RETURN | events.PY_YIELD | events.LINE)

    def _start(self) -> None:
        for tool in _TOOL_IDS:
            if self._api.get_tool(tool) is None:
                self._api.use_tool_id(tool, _NAME)
                self._tool = tool
                break
        else:
            raise LookupError("no tool number of sys.monitoring is free")
        self._register(self._on_start, self._on_resume, self._on_leave, self._on_line)

    def _stop(self) -> None:
        self._register(None, None, None, None)
        self._api.free_tool_id(self._tool)
        self._tool = None

    def _register(self, start: Any, resume: Any, leave: Any, line: Any) -> None:
        events = self._api.events
        for event, callback in (
            (events.PY_START, start), (events.PY_RESUME, resume), (events.PY_RETURN, leave), (events.PY_YIELD, leave), (events.LINE, line),
        ):
            self._api.register_callback(self._tool, event, callback)

    def _on_start(self, code: CodeType, _offset: int) -> None:
        recorder = self._recorders.get(id(code))
        if recorder is not None:
            recorder.entered(None)

    def _on_resume(self, code: CodeType, offset: int) -> None:
        recorder, lines = self._recorders.get(id(code)), self._lines.get(id(code))
        if recorder is not None and lines is not None:
            recorder.entered(lines.get(offset))

    def _on_leave(self, code: CodeType, _offset: int, _value: object) -> None:
        recorder = self._recorders.get(id(code))
        if recorder is not None:
            recorder.left()

    def _on_line(self, code: CodeType, line: int) -> None:
        recorder = self._recorders.get(id(code))
        if recorder is not None:
            recorder.line(line)

    def in_child(self) -> None:
        """After a fork: the uses of other threads are over, those of this one (at most one for each call) go on."""
        self.lock = threading.RLock()
        here: List[int] = [key for key, recorder in self._recorders.items() if recorder.activity() is not None]
        for key in list(self._uses):
            self._uses[key] = 1 if key in here else 0
            if not self._uses[key]:
                self._api.set_local_events(self._tool, self._recorders[key].code, 0)
                del self._uses[key], self._recorders[key], self._lines[key]
        if not self._uses and self._tool is not None:
            self._stop()


def _resumable_lines(code: CodeType) -> Dict[int, int]:
    """Line of each instruction of a generator or coroutine. To ask a frame would create the frame object, which counts."""
    if not code.co_flags & _SUSPENDS:
        return {}
    spans = getattr(code, "co_lines")()
    return {offset: line for start, end, line in spans if line is not None for offset in range(start, end, 2)}


_monitoring = _Monitoring()
has_room, in_child = _monitoring.has_room, _monitoring.in_child
