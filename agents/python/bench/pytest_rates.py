"""How often pytest-heaptrail is wrong: clean tests that it fails, leaky ones that it does not.

    python3 bench/pytest_rates.py [--clean 3000] [--leaky 200] [--seconds 900] [--seed 1] [--python 3.13]

The tests are in pytest_rates_suite: twenty noisy kinds that leak nothing, with values that differ from call to call, and
sixteen kinds that keep one thing per call. They run in chunks, each a process of its own in an order of its own. It
ends after `--seconds` with what it has until then. Bounds are exact (Clopper-Pearson) at 95 %, one-sided. Costs are the
whole judging of one clean test, its repetitions included: wall time, and CPU time of the process.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests"))

from interpreters import found_interpreters  # noqa: E402
from pytest_environments import environment  # noqa: E402


def upper_bound(wrong, of, confidence=0.95):
    """The largest rate at which so few would be wrong with a probability of 5 %: Clopper-Pearson, by bisection."""
    if of == 0:
        return 1.0
    low, high = wrong / of, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, of, middle) > 1 - confidence else (low, middle)
    return high


def _at_most(wrong, of, rate):
    """Probability of at most `wrong` in `of` trials."""
    term = total = (1 - rate) ** of
    for number in range(1, wrong + 1):
        term *= (of - number + 1) / number * rate / (1 - rate) if rate < 1 else 0
        total += term
    return total


def chunk(python, module, count, seed, folder):
    """Verdicts of one process: (rows, error text)."""
    out = os.path.join(folder, "%s-%d.jsonl" % (module, seed))
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "HEAPTRAIL_", "PYTEST"))}
    package = os.environ.get("RATES_PACKAGE", ROOT)
    environ.update(PYTHONPATH=package, RATES_COUNT=str(count), RATES_SEED=str(seed), RATES_FILE=out, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    done = subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "heaptrail.pytest.plugin", "-p", "no:cacheprovider", "--heaptrail", "--rootdir", folder,
         "--basetemp", os.path.join(folder, "tmp-%s" % module), "-W", "ignore", os.path.join(HERE, "pytest_rates_suite", module + ".py")],
        env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        with open(out, encoding="utf-8") as file:
            return [json.loads(line) for line in file], ""
    except OSError:
        return [], done.stdout.decode("utf-8", "replace")[-2000:]


def gather(python, module, wanted, seconds, seed, folder, count):
    rows, started, number = [], time.monotonic(), 0
    while len(rows) < wanted and time.monotonic() - started < seconds:
        number += 1
        more, error = chunk(python, module, count, seed * 1000 + number, folder)
        if error:
            print("a chunk failed:\n%s" % error)
            break
        rows += more
        print("%s: %d of %d after %.0f s" % (module, len(rows), wanted, time.monotonic() - started), file=sys.stderr, flush=True)
    return rows


def table(rows, right):
    """Verdicts by kind of test."""
    kinds = {}
    for row in rows:
        kinds.setdefault(row["test"].split("::")[-1].split("[")[0][5:], []).append(row)
    print("%-28s %5s %6s %6s %12s %10s %10s" % ("kind", "runs", "clean", "leak", "cannot tell", "median ms", "CPU ms"))
    for kind, several in sorted(kinds.items()):
        counts = [sum(row["verdict"] == verdict for row in several) for verdict in ("clean", "leak", "cannot tell")]
        print("%-28s %5d %6d %6d %12d %10.0f %10.0f" % (
            kind, len(several), *counts, statistics.median(row["seconds"] for row in several) * 1000,
            statistics.median(row["cpu"] for row in several) * 1000))
    for row in rows:
        if row["verdict"] != right:
            print("  not %s: %s: %s (%s) %s" % (right, row["test"].split("::")[-1], row["verdict"], row["reason"], "; ".join(row["places"])[:300]))


def main():
    parser = argparse.ArgumentParser()
    for name, value in (("clean", 3000), ("leaky", 200), ("seconds", 900), ("seed", 1)):
        parser.add_argument("--" + name, type=int, default=value)
    parser.add_argument("--python", default="3.13")
    asked = parser.parse_args()
    version = tuple(int(part) for part in asked.python.split("."))
    (found,) = [path for path in found_interpreters() if "%d.%d" % version in path][-1:] or [None]
    if found is None:
        print("no CPython %s here" % asked.python)
        return 1
    python = environment(found, version)
    print("CPython %s, seed %d, load at the start %.1f on %d processors" % (asked.python, asked.seed, os.getloadavg()[0], os.cpu_count()))
    with tempfile.TemporaryDirectory() as folder:
        clean = gather(python, "test_clean", asked.clean, asked.seconds, asked.seed, folder, 5) if asked.clean else []
        leaky = gather(python, "test_leaky", asked.leaky, asked.seconds, asked.seed, folder, 1) if asked.leaky else []
    wrong = sum(row["verdict"] in ("leak", "failed") for row in clean)
    unsure = sum(row["verdict"] == "cannot tell" for row in clean)
    missed = sum(row["verdict"] != "leak" for row in leaky)
    if clean:
        table(clean, "clean")
        print("%d clean runs: %d failed; rate of false failures below %.3f %% (95 %%); %d cannot tell (%.2f %%)" % (
            len(clean), wrong, 100 * upper_bound(wrong, len(clean)), unsure, 100 * unsure / len(clean)))
        print("cost of a clean test, its repetitions included: median %.0f ms, CPU %.0f ms" % (
            1000 * statistics.median(row["seconds"] for row in clean), 1000 * statistics.median(row["cpu"] for row in clean)))
    if leaky:
        table(leaky, "leak")
        print("%d leaky runs: %d found; rate of missed ones below %.2f %% (95 %%)" % (
            len(leaky), len(leaky) - missed, 100 * upper_bound(missed, len(leaky))))
    return 1 if wrong or missed > 0.01 * len(leaky) else 0


if __name__ == "__main__":
    sys.exit(main())
