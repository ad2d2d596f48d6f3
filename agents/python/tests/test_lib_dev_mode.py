"""The same tests in the development mode, with every warning an error."""

import os
import subprocess
import sys
import unittest

from lib_child import ROOT
from which_pythons import oldest_and_newest

# Those that are quick: growth repeats functions thousands of times, and a child of the trial has these options anyway.
ROOMS = ("test_lib_tracking", "test_lib_growth_watch", "test_lib_profile_lines", "test_lib_profile_beside", "test_lib_collector")


@oldest_and_newest
class DevelopmentMode(unittest.TestCase):
    @unittest.skipIf(sys.flags.dev_mode, "this is it already")
    def test_the_tools_neither_warn_nor_break(self):
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("HEAPTRAIL_", "PYTHON"))}
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-W", "error", "-m", "unittest", *ROOMS], cwd=os.path.join(ROOT, "tests"), env=inherited,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        text = done.stdout.decode("utf-8", "replace")
        self.assertEqual(done.returncode, 0, text)
        # The program under test prints nothing of ours.
        self.assertNotIn("Exception ignored", text)


if __name__ == "__main__":
    unittest.main()
