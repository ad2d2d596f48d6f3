"""The half of `heaptrail gc` that runs inside the program: applies one setting of the collector and notes what it costs.

The bootstrap (agents/python/bootstrap) loads this package by its place, under the name `heaptrail_gc.trial`, without
the packages around it. So it uses nothing but `pause_clock` of them, and no module that Python has not loaded itself.

    HEAPTRAIL_GC_TRIAL     folder into which each process writes one JSON file
    HEAPTRAIL_GC_SETTING   `own`, three thresholds as in `25000,10,10`, or `freeze`

The setting is applied once, before the first line of the program. What the program sets itself comes later and wins;
the file has both. A process that ends without its exit handlers (a signal, os._exit) leaves `"ended":false`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional


def start(folder: str, setting: "Optional[str]") -> None:
    """Applies the setting in this process and in those it forks, and registers the writing of the file."""
    from .trial_run import TrialRun

    TrialRun(folder, setting or "own").start()
