"""Which threads, tasks and finalizers there are, grouped: the exact counters behind a growing number."""

import time

from .finalizer_census import finalizer_census
from .governor import Slice
from .task_census import task_census
from .thread_stacks import thread_stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict

    from .worker import Worker

BUDGET_SECONDS = 0.04


def detail_frame(worker: "Worker") -> "Dict[str, object]":
    """A `detail` frame, made in the agent's thread; `partial` when the budget did not last or a list was cut."""
    pieces = Slice(BUDGET_SECONDS, worker)
    frame: "Dict[str, object]" = {
        "t": "detail",
        "atMs": round(time.time() * 1000, 3),
        "threads": thread_stacks(worker.ident, pieces),
        "tasks": task_census(pieces),
        "finalizers": finalizer_census(pieces),
    }
    frame["partial"] = pieces.partial
    return frame
