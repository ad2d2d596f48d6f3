"""Runs every test of the agent on every CPython found, two at a time, and checks the types.

    python3 tests/run_all.py [-k PATTERN]...      HEAPTRAIL_PYTHONS=/a/python:/b/python names the interpreters
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import check_types
from interpreters import found_interpreters

HERE = os.path.dirname(os.path.abspath(__file__))


def run_on(python):
    """(python, passed, failed, skipped, output) of the whole suite."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("HEAPTRAIL_") and key != "PYTHONPATH"
    }
    done = subprocess.run(
        [python, "-W", "ignore::ResourceWarning", "-m", "unittest", "discover", "-s", HERE, "-t", HERE] + sys.argv[1:],
        cwd=HERE, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = done.stdout.decode("utf-8", "replace")
    ran = int((re.findall(r"^Ran (\d+) tests?", text, re.M) or ["0"])[-1])
    failed = sum(int(number) for number in re.findall(r"(?:failures|errors)=(\d+)", text))
    skipped = sum(int(number) for number in re.findall(r"skipped=(\d+)", text))
    if ran == 0 or (done.returncode and not failed):
        failed += 1
    return python, max(0, ran - failed - skipped), failed, skipped, text


def main():
    pythons = found_interpreters()
    if not pythons:
        print("no CPython from 3.8 on was found; name some in HEAPTRAIL_PYTHONS")
        return 1
    passed = failed = skipped = 0
    with ThreadPoolExecutor(2) as pool:
        for python, good, bad, left_out, text in pool.map(run_on, pythons):
            passed, failed, skipped = passed + good, failed + bad, skipped + left_out
            print("%-50s %d passed, %d failed, %d skipped" % (python, good, bad, left_out), flush=True)
            if bad:
                print(text, flush=True)
    types = check_types.check()
    print("%-50s %s" % ("mypy --strict", types.text), flush=True)
    if types.ok is None:
        skipped += 1
    elif types.ok:
        passed += 1
    else:
        failed += 1
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
