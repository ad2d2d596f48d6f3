"""Of the measurement in ../pytest_rates.py: writes each verdict as a line of JSON, and clears up after leaks that would exhaust the process."""

import json
import os
import random
import sys
import time

import pytest

COUNT = int(os.environ.get("RATES_COUNT", "1"))
SEED = int(os.environ.get("RATES_SEED", "1"))


def pytest_generate_tests(metafunc):
    if "seed" in metafunc.fixturenames:
        # CPython 3.13 keeps the names of imported files for ever, and to find that out takes seconds.
        count = 1 if "new_files" in metafunc.definition.name else COUNT
        metafunc.parametrize("seed", [SEED * 100_000 + number for number in range(count)])


def pytest_collection_modifyitems(items):
    random.Random(SEED).shuffle(items)


@pytest.fixture
def chance(seed):
    """Different for each test, and, as in a test with real input, for each of its repetitions."""
    return random.Random("%d %d" % (seed, time.perf_counter_ns()))


@pytest.fixture(scope="session")
def session_cache():
    return {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    started = time.process_time()
    yield
    item.config.rates_cpu[item.nodeid] = time.process_time() - started


def pytest_configure(config):
    config.rates_cpu = {}
    config.rates = {}


def pytest_runtest_logreport(report):
    found = getattr(report, "heaptrail", None)
    if found:
        ITEMS.append((report.nodeid, found[0]))
    elif report.when == "call" and report.failed:
        ITEMS.append((report.nodeid, {"verdict": "failed", "reason": str(report.longrepr)[-400:], "places": [], "repeats": 0, "seconds": 0}))


ITEMS = []


def pytest_runtest_logfinish(nodeid):
    for name in ("test_leaky", "test_clean"):
        module = sys.modules.get(name)
        if module is not None:
            module.clear_up()


def pytest_sessionfinish(session):
    with open(os.environ["RATES_FILE"], "w") as file:
        for nodeid, found in ITEMS:
            told = {key: found.get(key) for key in ("verdict", "reason", "repeats", "seconds")}
            told["places"] = ["%s held by %s %s" % (place["type"], place["held_by"], place["state"]) for place in found["places"]]
            file.write(json.dumps(dict(told, test=nodeid, cpu=session.config.rates_cpu.get(nodeid, 0))) + "\n")
