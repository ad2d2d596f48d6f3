"""The measuring half of `heaptrail gc`: one setting in one process, and a program that does not notice."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

from lib_child import ROOT

BOOTSTRAP = os.path.join(ROOT, "bootstrap")


class Result:
    def __init__(self, code, out, err, files):
        self.code, self.out, self.err, self.files = code, out, err, files

    @property
    def only(self):
        (file,) = self.files
        return file


class Trial(unittest.TestCase):
    def run_alone(self, code, *options, environment=()):
        return self._run(code, options, dict(environment), None)

    def run_trial(self, code, setting, *options, environment=()):
        return self._run(code, options, dict(environment, PYTHONPATH=BOOTSTRAP), setting)

    def _run(self, code, options, environment, setting):
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("HEAPTRAIL_", "PYTHON"))}
        with tempfile.TemporaryDirectory() as folder:
            if setting is not None:
                environment = dict(environment, HEAPTRAIL_GC_TRIAL=folder, HEAPTRAIL_GC_SETTING=setting)
            done = subprocess.run(
                [sys.executable, *options, "-c", textwrap.dedent(code)], env=dict(inherited, **environment),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
            files = []
            for name in sorted(os.listdir(folder)):
                with open(os.path.join(folder, name)) as file:
                    files.append(json.load(file))
            return Result(done.returncode, done.stdout.decode(), done.stderr.decode(), files)


class Settings(Trial):
    def test_thresholds_are_set_before_the_first_line(self):
        for setting in ("700,10,10", "1000,15,15", "25000,10,10", "500,5,5"):
            result = self.run_trial("import gc; print(*gc.get_threshold(), sep=',')", setting)
            self.assertEqual(result.out.strip(), setting)
            self.assertEqual((result.only["setting"], result.only["reason"], result.only["ended"]), (setting, "", True))
            self.assertEqual(",".join(map(str, result.only["thresholds"])), setting)

    def test_own_changes_nothing(self):
        alone = self.run_alone("import gc; print(gc.get_threshold(), gc.isenabled(), gc.get_freeze_count())")
        self.assertEqual(self.run_trial("import gc; print(gc.get_threshold(), gc.isenabled(), gc.get_freeze_count())", "own").out, alone.out)

    def test_what_the_program_sets_wins_and_is_told(self):
        result = self.run_trial("import gc; gc.set_threshold(123, 4, 5); gc.disable()", "25000,10,10")
        self.assertEqual((result.only["thresholds"], result.only["enabled"]), ([123, 4, 5], False))

    def test_freeze_waits_for_the_start(self):
        result = self.run_trial("""
            import gc, time
            kept = [[number] for number in range(10000)]
            before = gc.get_freeze_count()
            end = time.monotonic() + 20
            while gc.get_freeze_count() == before and time.monotonic() < end:
                time.sleep(0.01)
            print(before < 1000, gc.get_freeze_count() > 10000)
        """, "freeze", "-X", "dev", "-W", "error")
        self.assertEqual((result.code, result.out, result.err), (0, "True True\n", ""))
        self.assertGreater(result.only["frozenAfterMs"], 240)
        self.assertGreater(result.only["frozenObjects"], 10000)

    def test_a_program_that_ends_before_is_not_frozen(self):
        self.assertIsNone(self.run_trial("pass", "freeze").only["frozenAfterMs"])

    def test_freeze_comes_before_a_fork_without_a_warning(self):
        code = """
            import gc, os
            for _ in range(3):
                pid = os.fork()
                if pid == 0:
                    os._exit(0)
                os.waitpid(pid, 0)
            print("done")
        """
        result = self.run_trial(code, "freeze", "-X", "dev", "-W", "error")
        self.assertEqual((result.code, result.out, result.err), (0, "done\n", ""))
        self.assertEqual(len(result.files), 4)
        self.assertIsNotNone(max(result.files, key=lambda one: one["wallMs"])["frozenAfterMs"])

    def test_a_setting_that_cannot_be_is_told(self):
        for setting in ("nonsense", "1,2,x", "99999999999999999999,1,1"):
            result = self.run_trial("print(1)", setting)
            self.assertEqual(result.out, "1\n")
            self.assertNotEqual(result.only["reason"], "")


class Figures(Trial):
    CODE = """
        import gc
        class Node: pass
        for _ in range(20000):
            node = Node(); node.me = node
    """

    def test_collections_are_counted_and_timed(self):
        often, seldom = (self.run_trial(self.CODE, setting).only for setting in ("500,5,5", "25000,10,10"))
        self.assertGreater(sum(often["pauses"]), 30)
        self.assertLess(sum(seldom["pauses"]), 10)
        for one in (often, seldom):
            self.assertGreaterEqual(sum(one["collected"]), 0)
            self.assertGreater(one["peakRssBytes"], 2_000_000)
            self.assertGreaterEqual(one["wallMs"], sum(one["pauseMs"]))
            self.assertGreaterEqual(sum(one["pauseMs"]), one["longestPauseMs"])
        self.assertGreaterEqual(sum(often["collected"]), 15_000)

    def test_they_agree_with_the_interpreters_own_count(self):
        result = self.run_trial("""
            import gc
            class Node: pass
            before = gc.get_stats()
            for _ in range(50000):
                node = Node(); node.me = node
            print([one["collections"] - two["collections"] for one, two in zip(gc.get_stats(), before)])
        """, "500,5,5")
        counted = json.loads(result.out)
        for own, known in zip(result.only["pauses"], counted):
            self.assertTrue(known <= own <= known + 5, (own, known))

    def test_memory_is_that_of_this_program_and_not_of_its_parent(self):
        large = bytearray(300_000_000)
        large[::4096] = b"x" * len(large[::4096])
        result = self.run_trial("pass", "own")
        self.assertLess(result.only["peakRssBytes"], 100_000_000)

    def test_forked_and_started_processes_have_their_own_files(self):
        result = self.run_trial("""
            import gc, os, subprocess, sys
            gc.collect()
            pid = os.fork()
            if pid == 0:
                for _ in range(3): gc.collect()
                sys.exit(0)
            os.waitpid(pid, 0)
            subprocess.run([sys.executable, "-c", "import gc; [gc.collect() for _ in range(5)]"])
        """, "own", "-W", "ignore")
        full = sorted(one["pauses"][2] for one in result.files)
        self.assertEqual(len(full), 3)
        self.assertTrue(full[0] >= 1 and full[1] >= 3 and full[2] >= 5 and full[0] < 3, full)
        self.assertEqual(len({one["pid"] for one in result.files}), 3)

    def test_a_process_that_is_killed_has_not_ended(self):
        for code in ("import os; os._exit(4)", "import os; os.kill(os.getpid(), 9)", "import atexit; atexit._clear()"):
            self.assertFalse(self.run_trial(code, "own").only["ended"])


class Undisturbed(Trial):
    def test_streams_exit_codes_and_interpreter_are_the_same(self):
        for code in (
            "print('out'); import sys; print('err', file=sys.stderr); sys.exit(7)",
            "raise SystemExit('message')",
            "1/0",
            "import atexit; atexit.register(print, 'at exit')",
            "import atexit; atexit.register(divmod, 1, 0)",
            "import threading; threading.Thread(target=lambda: 1/0, name='x').start()",
            "import gc; print(gc.isenabled(), gc.get_debug(), gc.garbage)",
            "import os; print(os.open('/dev/null', 0), os.open('/dev/null', 0))",
            "import sys, threading; print(sys.gettrace(), sys.getprofile(), threading.active_count())",
            "import os; os.chdir('/'); os.environ.clear(); print(1)",
            "import os; [os.close(n) for n in (0, 1, 2)]",
            "import sys; print(sys.path[1:], sys.flags)",
            "import sys; sys.modules.clear()",
        ):
            for setting in ("own", "25000,10,10", "freeze"):
                with self.subTest(code=code, setting=setting):
                    result, alone = self.run_trial(code, setting), self.run_alone(code)
                    # Names of threads and places in memory are none of the program's doing.
                    self.assertEqual((result.code, result.out, result.err), (alone.code, alone.out, alone.err))

    def test_signals_end_it_as_ever(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            ends = []
            for environment in ({}, {"PYTHONPATH": BOOTSTRAP, "HEAPTRAIL_GC_TRIAL": tempfile.gettempdir() + "/none", "HEAPTRAIL_GC_SETTING": "freeze"}):
                child = subprocess.Popen(
                    [sys.executable, "-c", "print(1, flush=True)\nimport time; time.sleep(60)"],
                    env=dict(os.environ, **environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                child.stdout.readline()
                time.sleep(0.1)
                child.send_signal(number)
                ends.append((child.communicate()[1], child.returncode))
            self.assertEqual(ends[0], ends[1])

    def test_a_folder_that_cannot_be_written_is_no_error(self):
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("HEAPTRAIL_", "PYTHON"))}
        done = subprocess.run(
            [sys.executable, "-c", "print(1)"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=dict(inherited, PYTHONPATH=BOOTSTRAP, HEAPTRAIL_GC_TRIAL="/no/such/folder", HEAPTRAIL_GC_SETTING="own"))
        self.assertEqual((done.returncode, done.stdout), (0, b"1\n"))

    def test_it_loads_no_module_of_its_own_choice(self):
        code = """
            import sys
            files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
            print(sorted(name for name, file in files.items() if file and not name.startswith("heaptrail_gc")))
        """
        alone = self.run_alone(code).out
        for setting in ("own", "500,5,5"):
            self.assertEqual(self.run_trial(code, setting).out, alone)

    def test_the_programs_own_sitecustomize_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "sitecustomize.py"), "w") as file:
                file.write("print('mine')\n")
            inherited = {key: value for key, value in os.environ.items() if not key.startswith(("HEAPTRAIL_", "PYTHON"))}
            out = subprocess.check_output(
                [sys.executable, "-c", "pass"],
                env=dict(inherited, PYTHONPATH=BOOTSTRAP + os.pathsep + folder, HEAPTRAIL_GC_TRIAL=folder, HEAPTRAIL_GC_SETTING="own"))
            self.assertEqual(out, b"mine\n")
            self.assertEqual(len([name for name in os.listdir(folder) if name.endswith(".json")]), 1)


if __name__ == "__main__":
    unittest.main()
