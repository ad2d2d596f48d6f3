"""Which CPythons a test runs on.

All of them, when its subject is what an interpreter does: layouts, hooks, forks, tracing, signals, what a dump says. With
the oldest and the newest only, when its content is the same on every CPython and it is dear: arithmetic over thousands of
repetitions, rates, a suite that is run once more in another mode. One short test of the same subject runs on all.
"""

import sys
import unittest

IS_OLDEST_OR_NEWEST = sys.version_info[:2] == (3, 8) or sys.version_info >= (3, 13)
oldest_and_newest = unittest.skipUnless(IS_OLDEST_OR_NEWEST, "with the oldest and the newest CPython only")
