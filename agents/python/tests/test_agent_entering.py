"""Which processes the agent enters, and what it leaves of `sitecustomize`."""

import os
import shutil
import sys
import tempfile
import unittest

from agent_host import BOOTSTRAP, Host, run_alone


class Entering(unittest.TestCase):
    def hellos_of(self, code, seconds=5.0):
        """Runs a program kept in a file (spawn needs one); what said hello."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder, True)
        path = os.path.join(folder, "program.py")
        with open(path, "w") as file:
            file.write(code)
        with Host() as host:
            ended = host.run(path)
            host.settle(seconds)
            self.assertEqual((ended.code, ended.err), (0, b""), ended)
            return host.hellos()

    def test_subprocess_children_are_entered(self):
        hellos = self.hellos_of("import subprocess, sys\nfor _ in range(2): subprocess.check_call([sys.executable, '-c', 'pass'])")
        self.assertEqual([hello["reason"] for hello in hellos], ["start"] * 3)
        self.assertEqual({hello["ppid"] for hello in hellos[1:]}, {hellos[0]["pid"]})

    def test_a_forked_child_is_a_process_of_its_own(self):
        hellos = self.hellos_of("import os, time\nif os.fork() == 0:\n    time.sleep(0.3); os._exit(0)\nos.wait()")
        self.assertEqual([hello["reason"] for hello in hellos], ["start", "fork"])
        self.assertEqual(hellos[1]["ppid"], hellos[0]["pid"])

    def test_a_daemon_made_by_two_forks_is_entered(self):
        code = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 256)
        for _ in range(3): assert os.open('/dev/null', os.O_RDWR) < 3
        time.sleep(0.5)
    os._exit(0)
os.wait(); time.sleep(0.8)
"""
        self.assertEqual([hello["reason"] for hello in self.hellos_of(code)], ["start", "fork", "fork"])

    def test_multiprocessing_children_are_entered(self):
        for method, least in (("fork", 3), ("spawn", 3), ("forkserver", 4)):
            code = (
                "import multiprocessing, time\n"
                "if __name__ == '__main__':\n"
                "    context = multiprocessing.get_context(%r)\n"
                "    children = [context.Process(target=time.sleep, args=(0.5,)) for _ in range(2)]\n"
                "    for child in children: child.start()\n"
                "    for child in children: child.join(); assert child.exitcode == 0\n" % method
            )
            with self.subTest(method=method):
                hellos = self.hellos_of(code)
                self.assertGreaterEqual(len({hello["pid"] for hello in hellos}), least)

    def test_isolated_interpreters_and_empty_environments_are_not_entered(self):
        for option in ("-I", "-E", "-S"):
            with self.subTest(option=option), Host() as host:
                self.assertEqual(host.run(option, "-c", "print(1)").out, b"1\n")
                self.assertEqual(host.hellos(), [])

    def test_without_a_host_nothing_happens(self):
        code = "import sys, os; print([m for m in sys.modules if 'heaptrail' in m or m == 'sitecustomize'], len(os.listdir('/proc/self/task')))"
        for env in ({}, {"HEAPTRAIL_SOCKET": ""}, {"HEAPTRAIL_SOCKET": "/nonexistent/socket"}, {"HEAPTRAIL_SOCKET": "/x" * 80}):
            with self.subTest(env=env):
                ended = run_alone("-c", code, env=dict(env, PYTHONPATH=BOOTSTRAP))
                self.assertEqual((ended.code, ended.err), (0, b""))
                self.assertTrue(ended.out.endswith(b" 1\n"))

    def test_the_search_path_is_the_one_of_a_run_without_the_agent(self):
        code = "import sys; print(sys.path, 'sitecustomize' in sys.modules, list(sys.path_importer_cache))"
        with Host() as host:
            self.assertEqual(host.run("-c", code), run_alone("-c", code))

    def test_few_modules_are_loaded_and_no_python_ones_but_the_agent(self):
        code = "import sys; print('\\n'.join(sorted(sys.modules)))"
        with Host() as host:
            more = set(host.run("-c", code).out.decode().split()) - set(run_alone("-c", code).out.decode().split())
        more = {name for name in more if not name.startswith("heaptrail_agent")}
        self.assertLessEqual(more, {
            "_collections", "_functools", "_json", "_operator", "_socket", "_tracemalloc", "_weakref",
            "atexit", "fcntl", "gc", "itertools", "resource"})


class Chaining(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, True)

    def both(self, text, *arguments):
        """The same run with a sitecustomize of the program's, with and without the agent."""
        with open(os.path.join(self.folder, "sitecustomize.py"), "w") as file:
            file.write(text)
        with Host() as host:
            path = BOOTSTRAP + os.pathsep + self.folder
            watched = host.run(*arguments, env={"PYTHONPATH": path})
            host.settle()
            self.assertEqual(len(host.hellos()), 1)
        return watched, run_alone(*arguments, env={"PYTHONPATH": self.folder})

    def test_the_next_sitecustomize_runs_as_if_it_were_the_first(self):
        text = "import sys\nprint(__name__, __file__, __spec__.name, sys.path[0])\nvalue = 7\n"
        watched, alone = self.both(text, "-c", "import sitecustomize, sys; print(sitecustomize.value, sitecustomize.__file__)")
        self.assertEqual(watched, alone)
        self.assertEqual(watched.code, 0)

    def test_its_errors_show_as_python_shows_them(self):
        for text in ("1/0", "import does_not_exist", "raise ImportError('x', name='sitecustomize')", "(", "raise SystemExit(3)"):
            with self.subTest(text=text):
                watched, alone = self.both(text, "-c", "print('ran')")
                self.assertEqual((watched.code, watched.out), (alone.code, alone.out))
                self.assertEqual(watched.err.splitlines()[-1:], alone.err.splitlines()[-1:])
                if b"Traceback" not in alone.err:
                    self.assertEqual(watched.err, alone.err)


if __name__ == "__main__":
    unittest.main()
