"""The package as a whole: every name is there, importing it is cheap, and the wheel has every folder."""

import fnmatch
import os
import re
import unittest

from lib_child import ROOT, run_child
import heaptrail


class Names(unittest.TestCase):
    def test_every_public_name_is_there(self):
        for name in heaptrail.__all__:
            with self.subTest(name):
                self.assertIsNotNone(getattr(heaptrail, name))
        self.assertLessEqual(set(heaptrail.__all__), set(dir(heaptrail)))

    def test_what_a_room_gives_the_package_gives(self):
        from importlib import import_module
        for room in ("collector", "graph", "monitor", "native", "tracking", "watching"):
            self.assertEqual(set(import_module("heaptrail." + room).__all__) - set(heaptrail.__all__), set(), room)

    def test_others_are_not(self):
        with self.assertRaisesRegex(AttributeError, "module 'heaptrail' has no attribute 'nothing'"):
            heaptrail.nothing

    def test_importing_it_loads_nothing_else(self):
        done = run_child("""
            import __future__, sys, typing
            before = set(sys.modules)
            import heaptrail
            print(sorted(set(sys.modules) - before))
            from heaptrail import *
            print(watch.__name__, cycles.__name__, MemoryTracker.__name__)
            """)
        self.assertEqual((done.code, done.err, done.out), (0, "", "['heaptrail']\nwatch cycles MemoryTracker\n"))

    def test_watching_loads_neither_threads_nor_tracing(self):
        done = run_child("""
            import sys
            import heaptrail
            heaptrail.watch([])
            print([name for name in ("asyncio", "tracemalloc", "inspect", "subprocess", "logging") if name in sys.modules])
            """, "-X", "dev=0")
        self.assertEqual((done.code, done.err, done.out), (0, "", "[]\n"))


    def test_the_first_use_of_a_name_keeps_no_variables_of_its_caller(self):
        """From 3.13 on a frame whose own `f_locals` is in a variable is a cycle, with all that called it."""
        for name in ("gc_stats", "holders", "MemoryMonitor", "native_held", "profile_lines", "watch"):
            with self.subTest(name):
                done = run_child("""
                    import gc, weakref
                    import heaptrail
                    class Session: pass
                    def use():
                        session = Session()
                        heaptrail.%s
                        return weakref.ref(session)
                    gc.disable()
                    print(use()())
                    """ % name)
                self.assertEqual((done.code, done.err, done.out), (0, "", "None\n"))


class Wheel(unittest.TestCase):
    def test_every_folder_with_code_is_in_it(self):
        with open(os.path.join(ROOT, "pyproject.toml"), encoding="utf-8") as file:
            patterns = re.findall(r'"([^"]+)"', re.search(r"packages\.find\]\ninclude = \[(.*?)\]", file.read(), re.S).group(1))
        for top in ("heaptrail", "heaptrail_agent"):
            for folder, folders, files in os.walk(os.path.join(ROOT, top)):
                folders[:] = [one for one in folders if one != "__pycache__"]
                if any(file.endswith(".py") for file in files):
                    package = os.path.relpath(folder, ROOT).replace(os.sep, ".")
                    self.assertIn("__init__.py", files, package)
                    self.assertTrue(any(fnmatch.fnmatch(package, pattern) for pattern in patterns), package)

    def test_versions_agree(self):
        with open(os.path.join(ROOT, "pyproject.toml"), encoding="utf-8") as file:
            self.assertIn('\nversion = "%s"\n' % heaptrail.__version__, file.read())


if __name__ == "__main__":
    unittest.main()
