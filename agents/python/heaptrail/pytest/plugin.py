"""The hooks that pytest finds by the entry point `heaptrail`."""

from __future__ import annotations

import os
from typing import Any, Iterator, Optional

import pytest

from .accepted import FILE_NAME, AcceptedError, read_accepted
from .leak_found import LeakFound
from .session import SessionVerdicts, section
from .settings import REPEATS, SECONDS, Settings

_MARKER = (
    "no_leak(repeats=%d, threshold=0, seconds=%g, allow=()): the test fails when what it runs leaves something behind each time; "
    "repeats=0: it is never judged (pytest-heaptrail)" % (REPEATS, SECONDS))


def pytest_addoption(parser: Any) -> None:
    """--heaptrail, --heaptrail-accept, and settings for the configuration file."""
    group = parser.getgroup("heaptrail", "leaks (heaptrail)")
    group.addoption("--heaptrail", action="store_true", help="repeat every test that passes, and fail those that leave something behind each time")
    group.addoption(
        "--heaptrail-accept", action="store_true", help="as --heaptrail; write the leaks found to the list of accepted ones instead of failing")
    parser.addini("heaptrail_repeats", "repetitions until growth is called a leak (%d)" % REPEATS, default=str(REPEATS))
    parser.addini("heaptrail_seconds", "seconds for the repetitions of one test (%g)" % SECONDS, default=str(SECONDS))
    parser.addini("heaptrail_accepted", "the list of accepted leaks, from the root folder (%s)" % FILE_NAME, default=FILE_NAME)


def pytest_configure(config: Any) -> None:
    """Registers the marker, and what judges."""
    config.addinivalue_line("markers", _MARKER)
    config.pluginmanager.register(HeaptrailPlugin(config), "heaptrail-session")


@pytest.fixture
def heaptrail(request: Any) -> Any:
    """Checks a callable or a block: `heaptrail.check(function)`, `for _ in heaptrail.repeats(): …`."""
    from .checker import Checker

    plugin = request.config.pluginmanager.get_plugin("heaptrail-session")
    checker = Checker(request.node.nodeid, plugin.settings, plugin.accepted, fails=not plugin.accepts)
    yield checker
    plugin.checked(request.node, checker.verdicts)


class HeaptrailPlugin:
    """One session's settings and verdicts."""

    def __init__(self, config: Any) -> None:
        self.accepts = bool(config.getoption("heaptrail_accept"))
        self._judges_all = bool(config.getoption("heaptrail")) or self.accepts
        self._path = os.path.join(str(config.rootpath), config.getini("heaptrail_accepted"))
        try:
            self.settings = Settings().with_options({
                "repeats": int(config.getini("heaptrail_repeats")), "seconds": float(config.getini("heaptrail_seconds"))})
            self.accepted = read_accepted(self._path)
        except (ValueError, AcceptedError) as error:
            raise pytest.UsageError("heaptrail: %s" % error) from None
        self._session = SessionVerdicts()
        self._is_worker = hasattr(config, "workerinput")
        self._busy = False

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: Any) -> Iterator[None]:
        """Repeats a test that has passed. As the outermost wrapper: output is not captured, nor are logs, while it judges."""
        outcome: Any = yield
        if self._busy or outcome.excinfo is not None:
            return
        settings = self._settings_of(item, outcome)
        if settings is None:
            return
        self._busy = True
        try:
            from .item_judgement import judge_item

            verdict = judge_item(item, settings, self.accepted)
        except BaseException as error:  # Ctrl-C, or the end of the session
            _fail(outcome, error)
            return
        finally:
            self._busy = False
        item.heaptrail_verdicts = [verdict]
        if verdict.verdict == "leak" and not self.accepts:
            _fail(outcome, LeakFound(verdict))

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: Any) -> Iterator[None]:
        """What the teardown of the real run has raised is the test's own error, though it came early."""
        outcome: Any = yield
        early = item.__dict__.pop("heaptrail_teardown_error", None) if not self._busy else None
        if early is not None and outcome.excinfo is None:
            _fail(outcome, early)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        """A leak is told without a traceback; the verdicts go along with the report, also from a worker of pytest-xdist."""
        outcome: Any = yield
        if self._busy or outcome.excinfo is not None:
            return
        report = outcome.get_result()
        error = call.excinfo.value if call.excinfo is not None else None
        if isinstance(error, LeakFound) and report.failed:
            report.longrepr = str(error)
        verdicts = item.__dict__.pop("heaptrail_verdicts", None)
        if verdicts:
            report.heaptrail = [verdict.as_dict() for verdict in verdicts]
        elif call.when == "call" and self._judges_all and not report.passed:
            report.heaptrail = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Also those that workers send."""
        self._session.add(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: Any) -> None:
        """Writes the list of accepted leaks; only the process that gathers the reports does. Where it cannot, the session has failed."""
        if self.accepts and not self._is_worker and not self._session.accept(self._path):
            session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Counts, and what could not be told."""
        lines = self._session.lines()
        if lines:
            section(terminalreporter, lines)

    def checked(self, item: Any, verdicts: Any) -> None:
        """What the fixture has found in a test."""
        if verdicts and not self._busy:
            item.heaptrail_verdicts = list(verdicts)

    def _settings_of(self, item: Any, outcome: Any) -> Optional[Settings]:
        """How the item is judged; None when it is not. Wrong options of the marker fail the test."""
        marker = item.get_closest_marker("no_leak")
        if not isinstance(item, pytest.Function) or (marker is None and not self._judges_all):
            return None
        if "heaptrail" in item.fixturenames or getattr(item, "_excinfo", None):
            return None  # it checks itself; or it has failed (unittest)
        try:
            if marker is not None and marker.args:
                raise TypeError("options are given by name, as repeats=%r, and not %r" % (REPEATS, marker.args[0]))
            settings = self.settings.with_options(marker.kwargs if marker is not None else {})
        except (TypeError, ValueError) as error:
            _fail(outcome, pytest.fail.Exception("@pytest.mark.no_leak: %s" % error, pytrace=False))
            return None
        return settings if settings.repeats else None


def _fail(outcome: Any, error: BaseException) -> None:
    """Makes `error` what the wrapped hooks have raised."""
    if hasattr(outcome, "force_exception"):
        outcome.force_exception(error)
        return
    raise error  # pluggy before 1.1
