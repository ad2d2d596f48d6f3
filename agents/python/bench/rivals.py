"""heaptrail beside objgraph, Pympler, guppy3, tracemalloc, memray and pytest-memray, on the same heap, in one run: `npm run bench:python`.

    python3 bench/rivals.py [--python EXE] [--times N] [--only PART]

Makes a virtual environment with the versions below (needs PyPI; kept in .cache). Every task runs in processes of its own;
CPU seconds are the best of three, memory is the rise of the peak of the resident memory (for `watch`: bytes for each
object). `ratio` is what the other needs in times of what heaptrail needs: below 1 the other is cheaper.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
CACHE = os.path.join(ROOT, "..", "..", ".cache", "python-bench")
REQUIREMENTS = ["objgraph==3.7.0", "Pympler==1.1", "guppy3==3.1.7", "memray==1.20.0", "pytest==9.2.0", "pytest-memray==1.11.0"]
GOAL_US, GOAL_BYTES = 2.0, 400

# Title, heaptrail's task, and the others with what has to be known of the comparison.
PARTS = [
    ("watch", "one watched object (goal: 2 us, 400 bytes)", "watch_heaptrail", [
        ("weakref.ref alone", "watch_weakref", "no creation line, no label, no report: the floor"),
        ("Pympler ClassTracker", "watch_pympler", "measures the deep size as well")]),
    ("census", "objects of the heap by type", "census_heaptrail", [
        ("gc.get_objects and Counter", "census_collector", "asks for hashes of classes: the floor"),
        ("objgraph.typestats", "census_objgraph", "types only"),
        ("Pympler muppy, summary", "census_pympler", "with sizes, and str and int as well"),
        ("guppy3 heap()", "census_guppy", "with sizes, and str and int as well")]),
    ("holders", "who holds one object", "holders_heaptrail", [
        ("objgraph.find_backref_chain", "holders_objgraph", "objects, no names of attributes or keys"),
        ("Pympler refbrowser", "holders_pympler", "a tree of types, not as far as a root"),
        ("guppy3 shpaths", "holders_guppy", "shortest paths from its root")]),
    ("cycles", "knots of references", "cycles_heaptrail", [
        ("gc.collect", "garbage_collect", "frees garbage; says only how much it was")]),
    ("garbage", "what the collector would free", "garbage_heaptrail", [
        ("Pympler GarbageGraph", "garbage_pympler", "runs the finalizers of what it looks at"),
        ("gc.collect", "garbage_collect", "frees it; says only how much it was")]),
    ("native", "objects that native code holds", "native_heaptrail", [
        ("objgraph.get_leaking_objects", "native_objgraph", "objects without any listed referrer; those with one are missed")]),
    ("growth", "does a function leak, and where", "growth_heaptrail", [
        ("objgraph.growth, 100 calls", "growth_objgraph", "types; no verdict, no line"),
        ("Pympler SummaryTracker, 100 calls", "growth_pympler", "types; no verdict, no line")]),
    ("tracing", "a program that allocates, while lines are noted", "tracing_heaptrail", [
        ("not observed", "tracing_nothing", ""),
        ("tracemalloc, 1 frame", "tracing_tracemalloc", "what heaptrail uses itself"),
        ("memray.Tracker", "tracing_memray", "native memory too, every frame, written to a file")]),
    ("snapshot", "one snapshot of what is alive by line", "snapshot_heaptrail", [
        ("tracemalloc.take_snapshot", "snapshot_tracemalloc", "with statistics by line")]),
]

NOT_OURS = """What they do and heaptrail's library does not:
  objgraph       pictures of references by Graphviz (heaptrail: `export_graph` writes DOT of watched objects only; pictures are the command line's)
  Pympler        deep size of one object (asizeof); a history of tracked classes as HTML
  guppy3         sets of objects that can be asked further (by size, class, referrers); sizes of one kind of all objects, str and int among them
  tracemalloc    filters, snapshots written to a file and read again, memory of a domain of an extension
  memray         native memory and native stacks, every allocation in order, flame graphs, a live view, attaching to a process
  pytest-memray  a limit for the peak of a test (limit_memory); leaks of native memory"""

SUITE = '''
import pytest
def work():
    return sum([len([number] * 10) for number in range(2000)])
@pytest.mark.parametrize("number", range(20))
def test_clean(number):
    assert work() == 20000
'''
LIMITED = SUITE.replace('@pytest.mark.parametrize', '@pytest.mark.limit_leaks("1 MB")\n@pytest.mark.parametrize')


def environment(python):
    """Python of a virtual environment with the others, made once."""
    stamp = hashlib.sha256(("\n".join(REQUIREMENTS) + os.path.realpath(python)).encode()).hexdigest()[:12]
    place = os.path.join(CACHE, stamp)
    ready = os.path.join(place, "ready")
    own = os.path.join(place, "bin", "python")
    if not os.path.exists(ready):
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([python, "-m", "venv", place], check=True)
        subprocess.run([own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"] + REQUIREMENTS, check=True)
        with open(ready, "w", encoding="ascii"):
            pass
    return own


def run_task(python, name, times):
    """The best of several processes, or None with a reason."""
    best = None
    for _ in range(times):
        done = subprocess.run(
            [python, os.path.join(HERE, "rival_tasks.py"), name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
        if done.returncode:
            return None, (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[-1]
        found = json.loads(done.stdout.decode().strip().splitlines()[-1])
        if best is None or found["seconds"] < best["seconds"]:
            best = found
    return best, ""


def number(value, unit):
    if unit == "s":
        return "%.2f us" % (value * 1e6) if value < 1e-4 else "%.1f ms" % (value * 1e3)
    return "%d B" % value if abs(value) < 1024 else "%.1f MiB" % (value / 1048576)


def times_of(other, own):
    return "%.2fx" % (other / own) if own > 0 else "-"


def compare(python, times, only):
    row = "  %-36s %12s %8s %12s %8s  %s"
    kept = True
    for key, title, own, others in PARTS:
        if only and key != only:
            continue
        print("\n%s" % title)
        print(row % ("", "CPU", "ratio", "memory", "ratio", ""))
        ours, reason = run_task(python, own, times)
        if ours is None:
            print(row % ("heaptrail", "-", "", "-", "", "failed: " + reason))
            kept = False
            continue
        print(row % ("heaptrail", number(ours["seconds"], "s"), "", number(ours["bytes"], "B"), "", ours["text"]), flush=True)
        for name, task, remark in others:
            found, reason = run_task(python, task, times)
            if found is None:
                print(row % (name, "-", "", "-", "", "failed: " + reason))
                continue
            print(row % (
                name, number(found["seconds"], "s"), times_of(found["seconds"], ours["seconds"]), number(found["bytes"], "B"),
                times_of(found["bytes"], ours["bytes"]), "; ".join(filter(None, [remark, found["text"]]))), flush=True)
        if key == "watch" and (ours["seconds"] * 1e6 > GOAL_US or ours["bytes"] > GOAL_BYTES):
            kept = False
            print("  over the goal (see bench/watch_cost.py, which leaves the loop out of it)")
    return kept


def suite(python):
    """Milliseconds that a clean test takes more, of wall time: these repeat tests."""
    print("\na clean test in pytest (20 of them), milliseconds for each beyond pytest alone")
    with tempfile.TemporaryDirectory() as folder:
        def run(text, *options):
            with open(os.path.join(folder, "test_it.py"), "w", encoding="utf-8") as file:
                file.write(text)
            begun = time.perf_counter()
            done = subprocess.run(
                [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"] + list(options), cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, env=dict(os.environ, PYTHONPATH=ROOT), timeout=600)
            return time.perf_counter() - begun, done

        alone = min(run(SUITE)[0] for _ in range(3))
        for name, text, options in (
            ("heaptrail (--heaptrail)", SUITE, ("-p", "heaptrail.pytest.plugin", "--heaptrail")),
            ("pytest-memray (--memray, limit_leaks)", LIMITED, ("--memray",)),
        ):
            seconds, done = min([run(text, *options) for _ in range(3)], key=lambda found: found[0])
            text = done.stdout.decode("utf-8", "replace").strip().splitlines()
            print("  %-40s %8.1f ms  %s" % (name, (seconds - alone) / 20 * 1000, "" if done.returncode == 0 else "FAILED: " + (text or [""])[-1]), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", choices=[part[0] for part in PARTS] + ["pytest"])
    options = parser.parse_args()
    try:
        python = environment(options.python)
    except (OSError, subprocess.CalledProcessError) as error:
        print("skipped: the environment cannot be made here (no PyPI?): %s" % error)
        return 0
    version = subprocess.run([python, "-c", "import sys; print(sys.version.split()[0])"], stdout=subprocess.PIPE).stdout.decode().strip()
    print("CPython %s; %s; 20,000 sessions, 154,000 objects that the collector lists" % (version, ", ".join(REQUIREMENTS)))
    kept = compare(python, options.times, options.only) if options.only != "pytest" else True
    if options.only in (None, "pytest"):
        suite(python)
    if options.only in (None, "watch"):
        print("\nwhat watching costs, without the loop around it")
        subprocess.run([sys.executable, os.path.join(HERE, "watch_cost.py")], env=dict(os.environ, HEAPTRAIL_PYTHONS=python), check=True)
    print("\n" + NOT_OURS)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
