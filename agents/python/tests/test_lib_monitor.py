"""The memory monitor: what components report against their limits, and what the kernel says of a process."""

import json
import os
import subprocess
import sys
import threading
import unittest

from lib_child import run_child
import heaptrail
from heaptrail import MemoryMonitor, process_memory, process_tree_memory

MIB = 1 << 20


class Limits(unittest.TestCase):
    def setUp(self):
        self.monitor = MemoryMonitor()
        self.told = []
        self.monitor.on_threshold(self.told.append)

    def events(self):
        return [(event.component, event.status, event.size_bytes, event.limit_bytes) for event in self.told]

    def test_an_absolute_limit_is_told_of_once_and_again_when_it_is_well_below(self):
        self.monitor.component("cache", limit_bytes=100)
        for size in (50, 79, 100, 101, 150, 100, 81, 101, 79, 10, 101):
            self.monitor.report("cache", size)
        self.assertEqual(self.events(), [("cache", "over", 101, 100), ("cache", "ok", 79, 100), ("cache", "over", 101, 100)])

    def test_a_clean_component_is_told_of_nothing(self):
        self.monitor.component("cache", limit_bytes=100)
        for size in (0, 50, 100, 3):
            self.monitor.report("cache", size)
        self.assertEqual(self.told, [])

    def test_a_relative_limit_is_of_the_first_report_above_zero(self):
        self.monitor.component("sessions", limit_ratio=1.5)
        for size in (0, 1000, 1500, 1501):
            self.monitor.report("sessions", size)
        self.assertEqual(self.events(), [("sessions", "over", 1501, 1500)])
        self.assertEqual(self.told[0].baseline_bytes, 1000)

    def test_or_of_the_baseline_that_is_given_or_taken(self):
        self.monitor.component("sessions", limit_ratio=2, baseline_bytes=10)
        self.monitor.report("sessions", 15)
        self.monitor.report("sessions", 21)
        self.monitor.baseline()
        self.monitor.report("sessions", 30)
        self.monitor.report("sessions", 43)
        self.assertEqual(self.events(), [("sessions", "over", 21, 20), ("sessions", "ok", 30, 42), ("sessions", "over", 43, 42)])

    def test_the_lower_of_both_limits_counts(self):
        self.monitor.component("cache", limit_bytes=1000, limit_ratio=1.5)
        self.monitor.report("cache", 100)
        self.monitor.report("cache", 200)
        self.assertEqual(self.events(), [("cache", "over", 200, 150)])

    def test_all_components_together(self):
        monitor = MemoryMonitor(limit_bytes=100)
        monitor.on_threshold(self.told.append)
        monitor.report("a", 60)
        monitor.report("b", 60)
        monitor.report("b", 1)
        self.assertEqual(self.events(), [(None, "over", 120, 100), (None, "ok", 61, 100)])
        monitor = MemoryMonitor(limit_ratio=1.5)
        monitor.on_threshold(self.told.append)
        monitor.report("a", 50)
        monitor.report("b", 50)
        monitor.report("a", 101)
        self.assertEqual(self.events()[2:], [(None, "over", 151, 150)])

    def test_what_a_callback_raises_stops_no_other_and_not_the_program(self):
        def failing(event):
            raise KeyError("own")

        self.monitor.on_threshold(failing)
        last = []
        self.monitor.on_threshold(last.append)
        self.monitor.component("cache", limit_bytes=1)
        self.monitor.report("cache", 2)
        self.assertEqual((len(self.told), len(last)), (1, 1))
        self.assertRegex(self.monitor.summary().failures[0], r"^KeyError at \S*test_lib_monitor.py:\d+$")
        self.assertIn("a callback failed: KeyError at", str(self.monitor.summary()))

    def test_leaving_the_program_goes_on_after_the_last_callback(self):
        def leaving(event):
            raise KeyboardInterrupt

        monitor = MemoryMonitor(limit_bytes=1)
        monitor.on_threshold(leaving)
        monitor.on_threshold(self.told.append)
        with self.assertRaises(KeyboardInterrupt):
            monitor.report("a", 2)
        self.assertEqual(len(self.told), 1)

    def test_a_callback_can_be_taken_away_and_may_report(self):
        monitor = MemoryMonitor(limit_bytes=10)
        remove = monitor.on_threshold(lambda event: monitor.report("seen", 1))
        monitor.report("a", 11)
        self.assertEqual([one.name for one in monitor.summary().components], ["a", "seen"])
        remove()
        monitor.forget("seen")
        monitor.report("a", 0)
        self.assertEqual([one.name for one in monitor.summary().components], ["a"])

    def test_wrong_sizes_names_and_limits_are_refused(self):
        for size, error in ((-1, ValueError), (1.5, TypeError), ("1", TypeError)):
            with self.assertRaises(error):
                self.monitor.report("a", size)
        with self.assertRaises(TypeError):
            self.monitor.report(5, 1)
        for options in ({"limit_bytes": 0}, {"limit_ratio": 0}, {"limit_ratio": float("nan")}):
            with self.assertRaises(ValueError):
                self.monitor.component("a", **options)
        for near in (0, 2, float("nan")):
            with self.assertRaises(ValueError):
                MemoryMonitor(near_ratio=near)

    def test_from_many_threads(self):
        monitor = MemoryMonitor(limit_bytes=10 ** 9)

        def work(name):
            for size in range(3000):
                monitor.report(name, size)

        threads = [threading.Thread(target=work, args=("part %d" % (number % 3),)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([(one.size_bytes, one.reports) for one in monitor.summary().components], [(2999, 6000)] * 3)

    @unittest.skipUnless(hasattr(os, "fork"), "needs os.fork")
    def test_a_child_that_is_forked_while_others_report_goes_on(self):
        done = run_child("""
            import os, threading, warnings, heaptrail
            warnings.simplefilter("ignore")
            monitor = heaptrail.MemoryMonitor()
            stop = threading.Event()
            def work():
                while not stop.is_set():
                    monitor.report("a", 1)
            threads = [threading.Thread(target=work) for _ in range(2)]
            for thread in threads: thread.start()
            codes = set()
            for _ in range(30):
                pid = os.fork()
                if pid == 0:
                    monitor.report("b", 2)
                    os._exit(len(monitor.summary().components))
                codes.add(os.waitpid(pid, 0)[1] >> 8)
            stop.set()
            print(max(codes))
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "2\n", ""))


class Summary(unittest.TestCase):
    maxDiff = None

    def test_text_and_data(self):
        monitor = MemoryMonitor(limit_bytes=100 * MIB)
        monitor.component("cache", limit_bytes=50 * MIB)
        monitor.component("buffers", limit_bytes=10 * MIB)
        monitor.component("idle")
        monitor.report("cache", 60 * MIB)
        monitor.report("cache", 45 * MIB)
        monitor.report("buffers", 12 * MIB)
        monitor.report("other", 1024)
        summary = monitor.summary()
        self.assertEqual(str(summary), "\n".join([
            "memory over: 57.0 MiB in 4 components (57 % of 100.0 MiB)",
            "  near    cache    45.0 MiB (90 % of 50.0 MiB), at most 60.0 MiB",
            "  over    buffers  12.0 MiB (120 % of 10.0 MiB), at most 12.0 MiB",
            "  ok      other    1.0 KiB, at most 1.0 KiB",
            "  unknown idle     0 B, at most 0 B"]))
        self.assertEqual((summary.status, summary.total_status), ("over", "ok"))
        self.assertEqual([one["status"] for one in json.loads(json.dumps(summary.as_dict()))["components"]], ["near", "over", "ok", "unknown"])

    def test_without_anything_it_is_ok(self):
        self.assertEqual(str(MemoryMonitor().summary()), "memory ok: 0 B in 0 components")

    @unittest.skipUnless(os.path.exists("/proc/self/statm"), "needs /proc")
    def test_beside_the_process(self):
        monitor = MemoryMonitor()
        monitor.report("a", MIB)
        summary = monitor.summary(process=True)
        self.assertEqual(summary.unaccounted_bytes, summary.process.rss_bytes - MIB)
        self.assertRegex(str(summary), r"\n  process: RSS \S+ MiB, PSS \S+ MiB, USS \S+ MiB, \S+ MiB of it reported by no component$")
        json.dumps(summary.as_dict())


@unittest.skipUnless(os.path.exists("/proc/self/smaps_rollup"), "needs /proc")
class Processes(unittest.TestCase):
    def test_rss_pss_and_uss_of_this_process(self):
        memory = process_memory()
        self.assertEqual(memory.pid, os.getpid())
        self.assertTrue(0 < memory.uss_bytes <= memory.pss_bytes <= memory.rss_bytes, memory)
        with open("/proc/self/status") as file:
            status = {line.split(":")[0]: line.split() for line in file}
        self.assertLess(abs(int(status["VmRSS"][1]) * 1024 - memory.rss_bytes), 4 * MIB)

    def test_growth_is_seen(self):
        # Some MiB of code go over to shared memory when another process of the same Python starts meanwhile.
        before = process_memory()
        held = bytearray(b"x") * (128 * MIB)
        after = process_memory()
        self.assertTrue(112 * MIB < after.uss_bytes - before.uss_bytes < 144 * MIB, (before, after))
        del held

    def test_children_and_theirs(self):
        code = "import subprocess, sys; print(1, flush=True); sys.stdin.read()"
        outer = "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', %r], stdin=subprocess.PIPE); sys.stdin.read(); p.communicate()" % code
        child = subprocess.Popen([sys.executable, "-c", outer], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            child.stdout.readline()
            tree = process_tree_memory()
            self.assertEqual(len([one for one in tree.processes if one.pid == child.pid]), 1)
            own = process_tree_memory(child.pid)
            self.assertEqual((own.processes[0].pid, len(own.processes)), (child.pid, 2))
            self.assertEqual(own.rss_bytes, sum(one.rss_bytes for one in own.processes))
            self.assertTrue(own.uss_bytes <= own.pss_bytes <= own.rss_bytes)
            json.dumps(own.as_dict())
        finally:
            child.communicate()

    def test_a_process_that_is_not_there(self):
        child = subprocess.Popen([sys.executable, "-c", ""])
        child.wait()
        with self.assertRaises(ProcessLookupError):
            process_memory(child.pid)

    def test_one_that_has_ended_and_was_not_waited_for(self):
        child = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
        child.stdout.read()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        memory = process_memory(child.pid)
        self.assertEqual((memory.rss_bytes, memory.pss_bytes or 0, memory.uss_bytes or 0), (0, 0, 0))
        self.assertNotEqual(memory.note, "")
        child.communicate()

    @unittest.skipUnless(hasattr(os, "geteuid") and os.geteuid() == 0, "only root can become somebody else")
    def test_of_another_users_process_only_what_is_resident_is_known(self):
        done = run_child("""
            import os
            import heaptrail
            heaptrail.process_memory()
            heaptrail.process_tree_memory()
            os.setgid(65534); os.setuid(65534)
            memory = heaptrail.process_memory(os.getppid())
            print(memory.rss_bytes > 0, memory.pss_bytes, memory.uss_bytes, memory.note)
            tree = heaptrail.process_tree_memory(os.getppid())
            print(tree.rss_bytes > 0, tree.pss_bytes)
            """)
        self.assertEqual((done.code, done.out, done.err), (
            0, "True None None the kernel shows no more of another user's process\nTrue None\n", ""))

    def test_a_name_with_brackets_and_blanks(self):
        done = run_child("""
            import heaptrail
            with open("/proc/self/comm", "w") as file:
                file.write("a) S 1 (b")
            print(heaptrail.process_memory().name, len(heaptrail.process_tree_memory().processes))
            """)
        self.assertEqual((done.code, done.out, done.err), (0, "a) S 1 (b 1\n", ""))


class WithoutProc(unittest.TestCase):
    def test_the_answer_is_clear(self):
        from heaptrail.monitor import proc_files
        before = proc_files.PROC
        proc_files.PROC = "/nowhere"
        try:
            with self.assertRaisesRegex(heaptrail.ProcessMemoryUnavailableError, "is read from /nowhere, which this system .* does not have") as raised:
                process_memory()
            self.assertEqual(raised.exception.code, "HEAPTRAIL_NO_PROC")
            with self.assertRaises(heaptrail.ProcessMemoryUnavailableError):
                process_tree_memory()
            summary = MemoryMonitor().summary(process=True)
            self.assertEqual((summary.process, summary.unaccounted_bytes), (None, None))
            self.assertIn("is read from /nowhere", summary.note)
        finally:
            proc_files.PROC = before


if __name__ == "__main__":
    unittest.main()
