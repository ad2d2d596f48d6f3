"""compare_stdlib.py: a test that hangs is named and costs no other, and what differs without us is not laid at our door."""

import contextlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from compare_stdlib import HERE, compare
from stdlib_repetition import chance
from stdlib_run import TIMED_OUT, run_tests

MODULE = textwrap.dedent("""
    import os
    import sys
    import time
    import unittest

    from test import support


    def runs(name):
        "How often this was asked, in all processes."
        with open(os.path.join(os.environ["COUNTS"], name), "a+") as file:
            file.write("x")
            return file.tell()


    class Cases(unittest.TestCase):
        def test_a_sound(self):
            pass

        def test_b_hangs(self):
            if os.environ.get("HANGS"):
                time.sleep(600)

        def test_c_every_third_time(self):
            self.assertTrue(runs("third") % 3 != 2 or not os.environ.get("FLAKY"))

        def test_d_with_us_only(self):
            self.assertNotEqual(os.environ.get("SIDE"), "breaks")

        def test_e_does_not_wait_for_its_child(self):
            # With late children one run in three.
            side, late = os.environ.get("SIDE"), os.environ.get("LATE") and os.environ.get("TWIN_WARNS")
            if (
                side == "leaves children" or side == "leaves children in the whole" and "-m" not in sys.argv
                or side == "ends late" and runs("ours") % 3 == 1 or side == "warns once" and runs("ours") == 1
                or late and runs("late") % 3 == 0
            ):
                support.print_warning("reap_children() reaped child process %d" % os.getpid())

        def test_f_last(self):
            pass
""")


class Twins:
    python = sys.executable
    test = "test_cases"
    entered = "?"

    def __init__(self, folder, **environment):
        self.folder = folder
        self.environment = dict(os.environ, COUNTS=folder, **environment)

    def without(self, only=(), children_end_late=False):
        return self._run(dict(self.environment, LATE="1") if children_end_late else self.environment, only)

    def watched(self, only=()):
        return self._run(dict(self.environment, SIDE=self.environment.get("WATCHED", "")), only)

    def _run(self, environment, only):
        return run_tests(self.python, self.test, environment, only=only, options=("--testdir", self.folder), seconds=4)


@unittest.skipUnless(importlib.util.find_spec("test.libregrtest"), "this interpreter has no tests of its own")
class CompareStdlibTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        with open(os.path.join(self.folder, "test_cases.py"), "w", encoding="utf-8") as file:
            file.write(MODULE)

    def compared(self, **environment):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            word = compare(Twins(self.folder, **environment), times_alone=8, times_whole=4, times_warned=8)
        return word, said.getvalue()

    def test_a_test_that_hangs_is_named_and_the_others_are_still_run(self):
        outcome = Twins(self.folder, HANGS="1").without()
        results = {name.split()[0]: result for name, result in outcome.results.items()}
        self.assertEqual(results, {
            "test_a_sound": "ok", "test_b_hangs": TIMED_OUT, "test_c_every_third_time": "ok", "test_d_with_us_only": "ok",
            "test_e_does_not_wait_for_its_child": "ok", "test_f_last": "ok"})
        self.assertEqual((outcome.code, outcome.counts), (0, "5"))

    def test_two_runs_that_say_the_same_are_the_same(self):
        self.assertEqual(self.compared()[0], "same")

    def test_a_test_that_fails_without_us_as_well_is_flaky(self):
        word, said = self.compared(FLAKY="1")
        self.assertEqual(word, "flaky", said)
        self.assertRegex(said, r"test_c_every_third_time .*differs in the twin too")

    def test_a_test_that_fails_with_us_alone_is_a_difference(self):
        word, said = self.compared(WATCHED="breaks")
        self.assertEqual(word, "DIFFERENT", said)
        self.assertRegex(said, r"test_d_with_us_only .*: without: ok \d+ times \| with: FAIL 9 times\n")

    def test_a_warning_that_the_twin_gives_when_its_children_end_later_is_flaky_and_still_said(self):
        word, said = self.compared(WATCHED="ends late", TWIN_WARNS="1")
        self.assertEqual(word, "flaky", said)
        self.assertRegex(said, (
            r"warnings of test_d_with_us_only or test_e_does_not_wait_for_its_child: without: .*reap_children\(\) reaped child process #.* \| with: .*"
            r"reaped child process #.* \| no more than in the twin, whose children end later\n"))

    def test_a_warning_that_comes_once_is_flaky_and_still_said(self):
        word, said = self.compared(WATCHED="warns once")
        self.assertEqual(word, "flaky", said)
        self.assertRegex(said, r"without: none 5 times \| with: none 4 times, reap_children\(\) reaped child process # \|")

    def test_a_child_that_we_leave_behind_is_a_difference(self):
        # The twin says it now and then; with us each run does.
        word, said = self.compared(WATCHED="leaves children", TWIN_WARNS="1")
        self.assertEqual(word, "DIFFERENT", said)
        self.assertRegex(said, r"warnings of .*test_e_does_not_wait_for_its_child: .*reaped child process # 8 times\n")

    def test_a_child_that_we_leave_behind_beside_other_tests_only_is_a_difference(self):
        word, said = self.compared(WATCHED="leaves children in the whole")
        self.assertEqual(word, "DIFFERENT", said)
        self.assertRegex(said, r"without: none 5 times \| with: reap_children\(\) reaped child process # 5 times\n")

    def test_a_warning_behind_the_name_of_its_test_is_seen(self):
        outcome = Twins(self.folder, SIDE="leaves children").without()
        self.assertEqual(outcome.warned, {"test_e_does_not_wait_for_its_child": {"reap_children() reaped child process #"}})

    def test_the_child_may_be_that_of_the_test_before(self):
        # On 3.13.0 the child of test_read_stdout_after_process_exit ended in test_send_signal.
        outcome = Twins(self.folder, SIDE="leaves children").without()
        self.assertEqual(outcome.before, {"test_e_does_not_wait_for_its_child": "test_d_with_us_only"})

    def test_the_children_of_the_twin_end_late_and_the_twin_itself_does_not(self):
        count = "import atexit; print(atexit._ncallbacks(), flush=True)"
        code = count + "; import subprocess, sys; subprocess.check_call([sys.executable, '-c', %r])" % count
        late = dict(os.environ, PYTHONPATH=os.path.join(HERE, "late_children"), HEAPTRAIL_LATE="of this")
        plain, late = [
            [int(line) for line in subprocess.check_output([sys.executable, "-c", code], env=environment).split()]
            for environment in (dict(os.environ, PYTHONPATH=""), late)]
        self.assertEqual([more - less for less, more in zip(plain, late)], [0, 1])

    def test_what_is_seldom_without_us_and_frequent_with_us_is_no_chance(self):
        self.assertLess(chance(11, 11, 1, 11), 0.01)
        self.assertGreater(chance(2, 11, 1, 11), 0.01)
        self.assertAlmostEqual(chance(3, 4, 1, 4), 17 / 70)


if __name__ == "__main__":
    unittest.main()
