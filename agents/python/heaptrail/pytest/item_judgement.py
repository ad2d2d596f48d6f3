"""Judges one test of pytest by repeating it."""

from __future__ import annotations

from typing import Any, Mapping

import pytest

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
        _repeat(judge, repeats)
    except RepeatFailed as error:
        judge.failed(str(error))
    except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
        if repeats.has_begun:  # no repetition raises anything else: it is ours, and no fault of the test
            judge.failed("heaptrail itself has failed: %s: %s" % (type(error).__name__, error))
        else:
            item.heaptrail_teardown_error = error
            judge.failed("its teardown failed: %s" % type(error).__name__)
    except BaseException:  # somebody wants to end the session
        repeats.abandon()
        raise
    try:
        repeats.end()
    except RepeatFailed as error:
        return judge.failed(str(error))  # it has passed already, so that is no failure of the test
    return judge.verdict()


def _repeat(judge: Judge, repeats: ItemRepeats) -> None:
    blocks = judge.blocks()
    try:
        for count in blocks:
            for _ in range(count):
                repeats.step()
                judge.repeated()
                if judge.is_over_time:
                    break
    finally:
        blocks.close()  # type: ignore[attr-defined]
