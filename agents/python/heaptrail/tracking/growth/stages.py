"""How many repetitions between two measurements.

Three blocks make a stage, and each stage from the third on is twice as long as the one before: what fills up stops
in some stage, what leaks goes on in all of them, however long.
"""

from __future__ import annotations

from typing import List

BLOCKS = 3
_USUAL_FIRST = 5
LEAST = BLOCKS * (1 + 1 + 2)


def stages(repetitions: int) -> List[int]:
    """Repetitions of each block, stage by stage; 3 times their sum is `repetitions` at most. At least 12 are needed."""
    first = max(1, min(_USUAL_FIRST, repetitions // 60))
    lengths = [first, first, 2 * first]
    while BLOCKS * (sum(lengths) + 2 * lengths[-1]) <= repetitions:
        lengths.append(2 * lengths[-1])
    lengths[-1] += (repetitions - BLOCKS * sum(lengths)) // BLOCKS
    return lengths
