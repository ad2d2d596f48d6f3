"""Repeats one test of pytest: function fixtures are set up and torn down each time, wider ones stay."""

from __future__ import annotations

import warnings
from typing import Any, Callable, List, Optional

import pytest

from .framework_state import FrameworkState

_RERAISED = (pytest.exit.Exception, KeyboardInterrupt, SystemExit, MemoryError)


class RepeatFailed(Exception):
    """A repetition did not pass: `phase` is "setup", "call" or "teardown"."""

    def __init__(self, phase: str, error: Optional[BaseException]) -> None:
        super().__init__("it does not pass when it is repeated: %s in its %s" % (_name_of(error), phase))
        self.phase = phase


class ItemRepeats:
    """The test has just passed, and is still set up. `begin`, then `step` as often as wanted, then `end`, after which it is set up again."""

    def __init__(self, item: Any) -> None:
        self._item = item
        self._is_set_up = True
        self._state: Optional[FrameworkState] = None
        self._caught: Any = warnings.catch_warnings(record=True)
        self._warnings: Optional[List[Any]] = None
        self._add_sub_test: Any = None

    def begin(self) -> None:
        """Tears the real run down: what its teardown raises is the test's own."""
        self._is_set_up = False
        self._item.ihook.pytest_runtest_teardown(item=self._item, nextitem=self._item.parent)
        self._state = FrameworkState(self._item)
        # pytest records each warning of a test: once is enough.
        self._warnings = self._caught.__enter__()
        if hasattr(self._item, "addSubTest"):
            self._item.addSubTest = _no_sub_test
            self._add_sub_test = True

    def step(self) -> None:
        """One more run. Raises RepeatFailed."""
        self._set_up()
        self._call()
        self._tear_down()

    @property
    def has_begun(self) -> bool:
        """The real run has been torn down without an error."""
        return self._state is not None

    def end(self) -> None:
        """Sets the test up and runs it, so that pytest finds what it left; without the run where it cannot pass."""
        try:
            if not self._is_set_up:
                self._set_up()
                self._call()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Takes back what `begin` has changed, and no more."""
        if self._add_sub_test:
            del self._item.addSubTest
            self._add_sub_test = None
        if self._warnings is not None:
            del self._warnings[:]
            self._warnings = None
            self._caught.__exit__(None, None, None)

    def _set_up(self) -> None:
        if hasattr(self._item, "_initrequest"):
            self._item._initrequest()
        self._is_set_up = True
        self._run("setup", lambda: self._item.ihook.pytest_runtest_setup(item=self._item))

    def _call(self) -> None:
        self._run("call", lambda: self._item.ihook.pytest_runtest_call(item=self._item))

    def _tear_down(self) -> None:
        self._is_set_up = False
        self._run("teardown", lambda: self._item.ihook.pytest_runtest_teardown(item=self._item, nextitem=self._item.parent))
        if hasattr(self._item, "_request"):
            self._item._request = False
            self._item.funcargs = None
        if self._state is not None:
            self._state.restore()
        if self._warnings is not None:
            del self._warnings[:]

    def _run(self, phase: Any, hook: Callable[[], Any]) -> None:
        """With a report, as in a real run: fixtures and plugins may wait for it (tmp_path does), and unittest's failures are only there."""
        call = pytest.CallInfo.from_call(hook, when=phase, reraise=_RERAISED)
        report = self._item.ihook.pytest_runtest_makereport(item=self._item, call=call)
        if not report.passed:
            raise RepeatFailed(phase, call.excinfo.value if call.excinfo is not None else None)


def _no_sub_test(*_arguments: Any) -> None:
    """Stands in for pytest's own, which reports each part of a test at once."""


def _name_of(error: Optional[BaseException]) -> str:
    return type(error).__name__ if error is not None else "a failure"
