"""What one count does over the stages: pure arithmetic, no clock and no memory."""

from __future__ import annotations

import math
from typing import List, NamedTuple, Sequence, Tuple

STEADY, SLOWING, NOT = "steady", "slowing", "not growing"


class StageValues(NamedTuple):
    """A count at the start of a stage and after each of its blocks."""

    repetitions: int
    values: Tuple[int, ...]

    @property
    def net(self) -> int:
        """Growth over the stage."""
        return self.values[-1] - self.values[0]

    @property
    def rate(self) -> float:
        """Growth per repetition."""
        return self.net / self.repetitions

    @property
    def steps(self) -> List[int]:
        """Growth of each block."""
        return [after - before for before, after in zip(self.values, self.values[1:])]

    @property
    def largest_fall(self) -> int:
        """The most that a block lost: how uneven the count is."""
        return max(0, -min(self.steps))


class Kind(NamedTuple):
    """What is counted: growth of `least_rate` per repetition or less is none, and `unit` is what one leaked thing adds."""

    least_rate: float
    unit: int


COUNTS = Kind(0.0, 1)
# A slot of a list is the least that a leak adds; a text that gets one letter longer now and then is none.
BYTES = Kind(1.0, 8)


def is_worth_following(stage: StageValues, kind: Kind) -> bool:
    """It grew, or it goes up and down so much that a growth of one thing per repetition would be hidden."""
    return stage.rate > kind.least_rate or spread(stage) > kind.unit * stage.repetitions / 2


def spread(stage: StageValues) -> int:
    """From the lowest value to the highest."""
    return max(stage.values) - min(stage.values)


def pace(history: Sequence[StageValues], kind: Kind) -> str:
    """How a count grows that was worth following from the second stage (`history[0]`) to the last.

    STEADY   every block of the last stage grew; the stage, and its last block, as fast as those before, within chance
    SLOWING  it still grew in the last block, but not like that; more repetitions would tell
    NOT      it did not, or not more than it goes up and down anyway
    """
    last = history[-1]
    uneven = max(stage.largest_fall for stage in history[-2:])
    least_step = kind.least_rate * last.repetitions / len(last.steps)
    if last.rate <= kind.least_rate or last.steps[-1] <= least_step or last.net <= 2 * uneven:
        return NOT
    if min(last.steps) <= 0 or last.net <= 2 * max(stage.largest_fall for stage in history):
        return SLOWING
    before = sorted(stage.rate for stage in history[:-1])
    usual = before[len(before) // 2] if before else last.rate
    expected = usual * last.repetitions
    is_steady = last.net >= _least_net(expected, kind) and last.steps[-1] >= _least_net(expected / len(last.steps), kind)
    return STEADY if is_steady else SLOWING


def _least_net(expected: float, kind: Kind) -> float:
    """What is not yet slower than expected. Things that happen by chance vary by the root of their number; tables grow in steps."""
    if kind is BYTES:
        return expected / 2
    return 0.75 * expected - 2 * math.sqrt(max(0.0, expected))
