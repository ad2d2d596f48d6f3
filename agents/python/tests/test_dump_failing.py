"""Where a dump cannot be had, its result says why, and nothing is left lying about."""

import os

from dump_host import DumpTestCase


class Failing(DumpTestCase):
    def ended(self, source: str) -> "list[object]":
        outcome = self.run_program(source, done=False)
        self.left = sorted(name for name in os.listdir(outcome.folder) if name not in ("program.py", "facts.json"))
        results: "list[list[object]]" = outcome.facts["results"]
        return results[0]

    def test_a_child_that_stands_still_is_ended_at_the_deadline(self) -> None:
        status, _, code, _ = self.ended(
            """
            import signal
            rows = [[i] for i in range(200000)]
            pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 700, "auto")
            os.kill(pending._pid, signal.SIGSTOP)
            child = pending._pid
            result = finish(pending)
            FACTS["results"] = [[result.status, result.mode, result.code, result.text]]
            assert not os.path.exists("/proc/%d" % child)
            """
        )
        self.assertEqual((status, code), ("failed", "HEAPTRAIL_DUMP_DEADLINE"))
        self.assertNotIn("a.heap.part", self.left)

    def test_a_killed_child(self) -> None:
        status, _, code, text = self.ended(
            """
            import signal
            rows = [[i] for i in range(200000)]
            pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 20000, "auto")
            os.kill(pending._pid, signal.SIGKILL)
            result = finish(pending)
            FACTS["results"] = [[result.status, result.mode, result.code, result.text]]
            """
        )
        self.assertEqual((status, code), ("failed", "HEAPTRAIL_DUMP_KILLED"), text)
        self.assertNotIn("a.heap.part", self.left)

    def test_an_aborted_dump_leaves_nothing(self) -> None:
        for mode in ("auto", "in-process"):
            self.ended(
                """
                pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 20000, %r)
                pending.poll()
                pending.abort()
                FACTS["results"] = [[]]
                time.sleep(0.1)
                """
                % mode
                if mode == "in-process"
                else """
                rows = [[i] for i in range(200000)]
                pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 20000, "auto")
                pending.poll()
                pending.abort()
                FACTS["results"] = [[1, 1, 1, 1]]
                """
            )
            self.assertEqual(self.left, [])

    def test_a_full_disk(self) -> None:
        for mode in ("auto", "in-process"):
            with self.subTest(mode):
                status, _, code, text = self.ended(
                    """
                    os.symlink("/dev/full", os.path.join(OUT, "a.heap.part"))
                    result = take("a", %r)
                    """
                    % mode
                )
                self.assertEqual((status, code), ("failed", "HEAPTRAIL_DUMP_NO_SPACE"), text)
                self.assertEqual(self.left, [])

    def test_a_limit_on_the_size_of_files(self) -> None:
        for mode in ("auto", "in-process"):
            with self.subTest(mode):
                status, _, code, text = self.ended(
                    """
                    import resource, signal
                    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                    before = resource.getrlimit(resource.RLIMIT_FSIZE)
                    resource.setrlimit(resource.RLIMIT_FSIZE, (20000, before[1]))
                    result = take("a", %r)
                    resource.setrlimit(resource.RLIMIT_FSIZE, before)
                    """
                    % mode
                )
                self.assertEqual((status, code), ("failed", "HEAPTRAIL_DUMP_NO_SPACE"), text)
                self.assertNotIn("a.heap.part", self.left)

    def test_a_folder_that_is_not_there(self) -> None:
        for mode in ("auto", "in-process"):
            with self.subTest(mode):
                status, _, code, text = self.ended(
                    """
                    OUT_BEFORE, OUT = OUT, os.path.join(OUT, "missing")
                    take("a", %r)
                    OUT = OUT_BEFORE
                    """
                    % mode
                )
                self.assertEqual((status, code), ("failed", "HEAPTRAIL_DUMP_UNWRITABLE"), text)
                self.assertIn("No such file or directory", str(text))

    def test_no_process_to_be_had(self) -> None:
        """Then the dump is walked inside the program, and says so."""
        status, mode, code, _ = self.ended(
            """
            import heaptrail_agent.dump.clone as clone
            clone._NUMBER_OF_CLONE = {}
            take("a")
            """
        )
        self.assertEqual((status, mode, code), ("done", "in-process", "HEAPTRAIL_DUMP_IN_PROCESS"))

    def test_a_few_descriptors_only(self) -> None:
        status, mode, _, text = self.ended(
            """
            import resource, ctypes, fcntl
            resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))
            take("a")
            take("b", "in-process")
            """
        )
        self.assertEqual((status, mode), ("done", "forked-child"), text)
