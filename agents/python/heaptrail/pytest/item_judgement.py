"""Judges one test of pytest by repeating it."""

from __future__ import annotations

from typing import Any, Mapping

from .item_repeats import ItemRepeats, RepeatFailed
from .judge import Judge
from .settings import Settings
from .verdict import Verdict

_ONCE_ONLY = ("subtests",)


def judge_item(item: Any, settings: Settings, accepted: Mapping[str, str]) -> Verdict:
    """The verdict; the item is set up afterwards, as after its own run."""
    judge = Judge(item.nodeid, settings, accepted)
    if any(name in item.fixturenames for name in _ONCE_ONLY):
        return judge.failed("a test with the fixture subtests reports while it runs, and is not repeated")
    repeats = ItemRepeats(item)
    try:
        repeats.begin()
    except Exception as error:
        item.heaptrail_teardown_error = error
        _end(repeats)
        return judge.failed("its teardown failed: %s" % type(error).__name__)
    blocks = judge.blocks()
    try:
        for count in blocks:
            for _ in range(count):
                repeats.step()
                judge.repeated()
                if judge.is_over_time:
                    break
    except RepeatFailed as error:
        judge.failed(str(error))
    finally:
        blocks.close()  # type: ignore[attr-defined]
        failure = _end(repeats)
    return judge.failed(failure) if failure else judge.verdict()


def _end(repeats: ItemRepeats) -> str:
    """Empty, or why the test could not be set up once more. It has passed already, so that is no failure of it."""
    try:
        repeats.end()
    except RepeatFailed as error:
        return str(error)
    return ""
