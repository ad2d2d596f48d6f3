"""Runs test modules with unittest, and says how long each test took and how many passed.

    python3 timed_tests.py FILE [-k PATTERN]... test_module...

Writes a line of JSON to FILE for each test as it ends: [seconds, seconds of CPU with those of the children, name]. Its last
line counts what passed itself: unittest's "Ran N tests" has the skipped ones in it, and on CPython 3.12.1 has not.
"""

import json
import os
import sys
import time
import unittest


def _cpu_seconds():
    return sum(os.times()[:4])


class _TimedResult(unittest.TextTestResult):
    path = ""
    _begun = _cpu = None
    _passed = 0

    def startTest(self, test):
        super().startTest(test)
        self._begun, self._cpu = time.monotonic(), _cpu_seconds()

    def addSuccess(self, test):
        super().addSuccess(test)
        self._passed += 1

    def stopTestRun(self):
        super().stopTestRun()
        print("\nPassed %d tests" % self._passed, flush=True)

    def stopTest(self, test):
        super().stopTest(test)
        if self._begun is None:
            return  # CPython 3.12.1 does not start a test that it skips
        with open(self.path, "a", encoding="utf-8") as file:
            json.dump([round(time.monotonic() - self._begun, 3), round(_cpu_seconds() - self._cpu, 3), test.id()], file)
            file.write("\n")
        self._begun = None


class _TimedRunner(unittest.TextTestRunner):
    resultclass = _TimedResult


if __name__ == "__main__":
    _TimedResult.path = sys.argv[1]
    unittest.main(module=None, argv=[sys.argv[0], *sys.argv[2:]], testRunner=_TimedRunner)
