"""pytest-heaptrail in real runs of pytest, with the plugins that people have beside it."""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from lib_child import ROOT
from pytest_environments import Unavailable, environment, is_full

CONFTEST = '''
import json, os
import pytest

RESULTS = {}

def pytest_runtest_logreport(report):
    one = RESULTS.setdefault(report.nodeid.split("::", 1)[1], {"outcomes": [], "verdicts": []})
    one["outcomes"].append(report.outcome)
    one["verdicts"] += [verdict["verdict"] for verdict in getattr(report, "heaptrail", [])]

def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        with open(os.environ["RESULTS"], "w") as file:
            json.dump(RESULTS, file)
'''

INI = "[pytest]\nheaptrail_repeats = 15\nheaptrail_seconds = 60\nasyncio_default_fixture_loop_scope = function\naddopts = --strict-markers\n"

PLAIN = '''
import logging, unittest, unittest.mock, warnings
import pytest

KEPT, SETUPS, NAMES = [], {"session": 0, "function": 0}, []

class Session:
    pass

@pytest.fixture(scope="session")
def cache():
    SETUPS["session"] += 1
    return {}

@pytest.fixture
def fresh(cache):
    SETUPS["function"] += 1
    yield Session()
    SETUPS["function"] -= 1

def test_leaks(fresh):
    KEPT.append(fresh)

def test_is_clean(fresh):
    assert SETUPS["function"] == 1

def test_session_fixtures_are_set_up_once(cache):
    assert SETUPS["session"] == 1

@pytest.mark.parametrize("number", [1, 2])
def test_cached(cache, number, tmp_path, caplog, capsys, monkeypatch):
    cache[number] = str(tmp_path)
    logging.getLogger("x").warning("text")
    print("text")
    monkeypatch.setenv("X", "1")
    assert len(caplog.records) == 1 and capsys.readouterr().out == "text\\n"

def test_mocks():
    with unittest.mock.patch("os.getcwd") as patched:
        import os
        os.getcwd()
        patched.assert_called_once_with()

def test_warns():
    warnings.warn("told once")

def test_fails():
    KEPT.append(Session())
    assert False

def test_is_skipped():
    pytest.skip("not here")

@pytest.mark.xfail(reason="known")
def test_is_expected_to_fail():
    assert False

@pytest.mark.no_leak(repeats=0)
def test_is_not_judged():
    KEPT.append(Session())

@pytest.mark.no_leak(allow=["Session"])
def test_is_allowed():
    KEPT.append(Session())

def test_passes_only_once():
    NAMES.append(1)
    assert len(NAMES) == 1

@pytest.fixture
def fails_in_teardown():
    yield
    assert not KEPT

def test_whose_teardown_fails(fails_in_teardown):
    pass

def test_with_the_fixture(heaptrail):
    heaptrail.check(Session)
    for _ in heaptrail.repeats():
        Session()

def test_with_the_fixture_leaks(heaptrail):
    heaptrail.check(lambda: KEPT.append(Session()))

class TestClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = []

    def setUp(self):
        self.one = Session()

    def test_unittest_leaks(self):
        self.rows.append(self.one)

    def test_unittest_is_clean(self):
        with self.subTest("a part"):
            self.assertTrue(self.one)
'''

ASYNC = '''
import asyncio
import pytest

TASKS = []

@pytest.mark.asyncio
async def test_asyncio_is_clean():
    await asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))

@pytest.mark.asyncio
async def test_asyncio_leaks():
    TASKS.append(asyncio.ensure_future(asyncio.sleep(3600)))
    await asyncio.sleep(0)

@pytest.mark.anyio
async def test_anyio_is_clean(anyio_backend):
    import anyio
    async with anyio.create_task_group() as group:
        group.start_soon(anyio.sleep, 0)

@pytest.fixture
def anyio_backend():
    return "asyncio"
'''

INTERNED = '''
import os, sys
KEPT = []

def test_new_paths_are_clean(tmp_path):
    (tmp_path / os.urandom(6).hex()).write_text("x")

def test_new_paths_leak(tmp_path):
    KEPT.append(tmp_path / os.urandom(6).hex())

def test_own_texts():
    sys.intern("name " + os.urandom(6).hex())

def test_one_text():
    sys.intern("the name of all")
'''

SMOKE = '''
import unittest
KEPT = []

class Session:
    pass

def test_leaks(tmp_path):
    KEPT.append(Session())

def test_is_clean(tmp_path):
    Session()

class TestClass(unittest.TestCase):
    def test_unittest_is_clean(self):
        Session()
'''


class Project:
    """A folder with tests, and what a run of pytest said of each."""

    def __init__(self, case, files, ini=INI):
        try:
            self._python = environment()
        except Unavailable as error:
            case.skipTest(str(error))
        holder = tempfile.TemporaryDirectory()
        case.addCleanup(holder.cleanup)
        self.folder = os.path.realpath(holder.name)
        for name, text in {"conftest.py": CONFTEST, "pytest.ini": ini, **files}.items():
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(textwrap.dedent(text))

    def run(self, *options):
        """Output, exit code and results."""
        results = os.path.join(self.folder, "results.json")
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("HEAPTRAIL_", "PYTHON", "PYTEST"))}
        done = subprocess.run(
            [self._python, "-m", "pytest", "-p", "heaptrail.pytest.plugin", "-p", "no:cacheprovider", *options], cwd=self.folder,
            env=dict(inherited, PYTHONPATH=ROOT, PYTHONDONTWRITEBYTECODE="1", RESULTS=results),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900)
        self.out, self.code = done.stdout.decode("utf-8", "replace"), done.returncode
        self.results = {}
        if os.path.exists(results):
            with open(results, encoding="utf-8") as file:
                self.results = json.load(file)
        return self

    def outcome(self, test):
        """Outcome of the call, and verdicts."""
        one = self.results[test]
        return one["outcomes"][min(1, len(one["outcomes"]) - 1)], one["verdicts"]


@unittest.skipUnless(is_full(), "with the oldest and the newest CPython only")
class Suite(unittest.TestCase):
    maxDiff = None

    def test_a_whole_suite_is_judged(self):
        run = Project(self, {"test_plain.py": PLAIN, "test_async.py": ASYNC}).run("--heaptrail", "-v")
        outcomes = {test: run.outcome(test) for test in run.results}
        self.assertEqual(outcomes, {
            "test_leaks": ("failed", ["leak"]),
            "test_is_clean": ("passed", ["clean"]),
            "test_session_fixtures_are_set_up_once": ("passed", ["clean"]),
            "test_cached[1]": ("passed", ["clean"]),
            "test_cached[2]": ("passed", ["clean"]),
            "test_mocks": ("passed", ["clean"]),
            "test_warns": ("passed", ["clean"]),
            "test_fails": ("failed", []),
            "test_is_skipped": ("skipped", []),
            "test_is_expected_to_fail": ("skipped", []),
            "test_is_not_judged": ("passed", []),
            "test_is_allowed": ("passed", ["clean"]),
            "test_passes_only_once": ("passed", ["cannot tell"]),
            "test_whose_teardown_fails": ("passed", ["cannot tell"]),
            "test_with_the_fixture": ("passed", ["clean", "clean"]),
            "test_with_the_fixture_leaks": ("failed", ["leak"]),
            "TestClass::test_unittest_leaks": ("failed", ["leak"]),
            "TestClass::test_unittest_is_clean": ("passed", ["clean"]),
            "test_asyncio_is_clean": ("passed", ["clean"]),
            "test_asyncio_leaks": ("failed", ["leak"]),
            "test_anyio_is_clean": ("passed", ["clean"]),
        }, run.out)
        self.assertEqual(run.results["test_whose_teardown_fails"]["outcomes"], ["passed", "passed", "failed"])
        self.assertRegex(run.out, r"LEAK  test_plain\.Session   1 per call\n  made      test_plain\.py:\d+  yield Session\(\)\n  held by   module test_plain → \.KEPT \(list, \d+ entries\)")
        self.assertIn("LEAK  _asyncio.Task   1 per call", run.out)
        self.assertIn("18 judged in", run.out)
        self.assertIn("it does not pass when it is repeated: AssertionError in its call", run.out)
        self.assertEqual(run.out.count("told once"), 2, "a warning is told once: its text and its line\n" + run.out)
        self.assertNotIn("PluginTeardownRaisedWarning", run.out)

    def test_leaks_are_accepted_by_workers_and_do_not_fail_again(self):
        files = {"test_a.py": SMOKE, "test_b.py": "def test_other():\n    pass\n"}
        project = Project(self, files)
        first = project.run("--heaptrail-accept", "-n", "2")
        self.assertEqual(first.code, 0, first.out)
        self.assertIn("1 leak added to", first.out)
        with open(os.path.join(project.folder, "heaptrail-accepted.txt"), encoding="utf-8") as file:
            self.assertEqual(len([line for line in file if "test_a.Session held by module test_a → .KEPT" in line]), 1)
        second = project.run("--heaptrail", "-n", "2")
        self.assertEqual(second.code, 0, second.out)
        self.assertIn("accepted     test_a.py::test_leaks: test_a.Session held by module test_a → .KEPT", second.out)
        self.assertIn("4 judged in", second.out)

    def test_a_list_that_cannot_be_written_is_told_without_a_traceback(self):
        run = Project(self, {"test_a.py": SMOKE}).run("--heaptrail-accept", "-o", "heaptrail_accepted=missing/list.txt")
        self.assertEqual(run.code, 4, run.out)
        self.assertRegex(run.out, r"no leak was accepted: \S+list.txt cannot be written \(.*No such file or directory")
        self.assertNotIn("Traceback", run.out)

    def test_wrong_options_and_the_end_of_a_session_are_told_without_a_traceback(self):
        test = """
            import pytest
            CALLS = []

            @pytest.mark.no_leak(480)
            def test_options():
                pass

            @pytest.mark.no_leak
            def test_interrupted():
                CALLS.append(1)
                if len(CALLS) == 4:
                    raise KeyboardInterrupt
        """
        run = Project(self, {"test_a.py": test}).run()
        self.assertEqual(run.code, 2, run.out)
        self.assertIn("@pytest.mark.no_leak: options are given by name, as repeats=240, and not 480\n", run.out)
        self.assertNotIn("pluggy/", run.out)
        self.assertNotIn("Warning", run.out)


@unittest.skipIf(is_full(), "the whole suite tells more")
class Smoke(unittest.TestCase):
    def test_a_leak_fails_and_its_twin_passes(self):
        run = Project(self, {"test_a.py": SMOKE}, INI.replace("asyncio_default_fixture_loop_scope = function\n", "")).run("--heaptrail")
        self.assertEqual({test: run.outcome(test) for test in run.results}, {
            "test_leaks": ("failed", ["leak"]), "test_is_clean": ("passed", ["clean"]), "TestClass::test_unittest_is_clean": ("passed", ["clean"]),
        }, run.out)
        self.assertIn("LEAK  test_a.Session   1 per call", run.out)


@unittest.skipUnless(sys.version_info[:2] == (3, 12), "interned texts never die on early CPython 3.12 only")
class InternedTexts(unittest.TestCase):
    def test_of_pathlib_are_clean_and_of_the_program_are_not(self):
        ini = INI.replace("asyncio_default_fixture_loop_scope = function\n", "").replace("repeats = 15", "repeats = 60")
        run = Project(self, {"test_a.py": INTERNED}, ini).run("--heaptrail")
        self.assertEqual({test: run.outcome(test) for test in run.results}, {
            "test_new_paths_are_clean": ("passed", ["clean"]), "test_new_paths_leak": ("failed", ["leak"]),
            "test_own_texts": ("passed", ["cannot tell"]), "test_one_text": ("passed", ["clean"]),
        }, run.out)
        self.assertRegex(run.out, r"LEAK  pathlib\.PosixPath   1 per call")
        self.assertRegex(run.out, r"new texts are interned at .*test_a\.py:12 in each call")


class WithoutOption(unittest.TestCase):
    def test_only_what_is_marked_is_judged(self):
        project = Project(self, {"test_a.py": SMOKE}, "")
        run = project.run()
        self.assertEqual((run.code, [one["verdicts"] for one in run.results.values()]), (0, [[], [], []]), run.out)
        self.assertNotIn("= heaptrail =", run.out)
        with open(os.path.join(project.folder, "test_a.py"), "w", encoding="utf-8") as file:
            file.write("import pytest\n" + SMOKE.replace("def test_leaks", "@pytest.mark.no_leak(repeats=15)\ndef test_leaks"))
        run = project.run()
        self.assertEqual({test: run.outcome(test) for test in run.results}, {
            "test_leaks": ("failed", ["leak"]), "test_is_clean": ("passed", []), "TestClass::test_unittest_is_clean": ("passed", []),
        }, run.out)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
