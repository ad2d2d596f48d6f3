"""pytest-heaptrail: tests that fail when what they run leaves something behind each time.

    pytest --heaptrail                     judges every test of the suite
    @pytest.mark.no_leak(repeats=…, …)     judges this test, always
    def test_x(heaptrail): ...             heaptrail.check(function), for _ in heaptrail.repeats(): ...

A test is repeated, function fixtures and all, until it is certain whether something grows. Judged is what survives a
full collection, by number; memory of the process is not looked at. What grew is named with its type, the line that
made it and who holds it. pytest finds the plugin by its entry point; without pytest nothing here is imported.
"""

from __future__ import annotations

from .leak_found import LeakFound
from .verdict import CANNOT_TELL, CLEAN, LEAK, LeakPlace, Verdict

__all__ = ["CANNOT_TELL", "CLEAN", "LEAK", "LeakFound", "LeakPlace", "Verdict"]
