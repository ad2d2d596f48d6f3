"""The program does not notice the child: no signal, no stranger to wait for, nothing changed afterwards."""

import sys

from dump_host import DumpTestCase
from which_pythons import IS_OLDEST_OR_NEWEST


class Unseen(DumpTestCase):
    def test_no_sigchld_and_no_child_to_wait_for(self) -> None:
        facts = self.run_program(
            """
            import signal, subprocess
            seen = []
            signal.signal(signal.SIGCHLD, lambda *_: seen.append("SIGCHLD"))
            own = subprocess.Popen(["/bin/sleep", "0.3"])
            reaped = []
            pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 20000, "auto")
            # The loop of a master process: everything that has ended is its own.
            result = None
            ended = False
            while result is None or not ended:
                try:
                    pid, status = os.waitpid(-1, os.WNOHANG)
                    if pid:
                        reaped.append(pid)
                        ended = True
                except ChildProcessError:
                    ended = True
                result = result or pending.poll()
                time.sleep(0.002)
            FACTS["own"], FACTS["reaped"], FACTS["signals"] = own.pid, reaped, seen
            FACTS["results"] = [[result.status, result.mode, result.code, result.text]]
            own.returncode = 0
            try:
                FACTS["left"] = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                FACTS["left"] = "none"
            """
        ).facts
        self.assertEqual(facts["results"][0][1], "forked-child")
        self.assertEqual(facts["reaped"], [facts["own"]])
        self.assertEqual(facts["signals"], ["SIGCHLD"])
        self.assertEqual(facts["left"], "none")

    def test_wait_blocks_and_fails_as_without(self) -> None:
        facts = self.run_program(
            """
            pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), 1, 20000, "auto")
            for name, call in (("wait", os.wait), ("waitid", lambda: os.waitid(os.P_ALL, 0, os.WEXITED))):
                try:
                    call()
                    FACTS[name] = "found"
                except ChildProcessError:
                    FACTS[name] = "none"
            finish(pending)
            """
        ).facts
        self.assertEqual((facts["wait"], facts["waitid"]), ("none", "none"))

    def test_asyncio_watches_its_own_children_only(self) -> None:
        facts = self.run_program(
            """
            import asyncio, threading, warnings
            warnings.simplefilter("ignore")
            async def run(i):
                process = await asyncio.create_subprocess_exec("/bin/sh", "-c", "exit %d" % i)
                return await process.wait()
            async def main():
                if sys.version_info < (3, 12):
                    asyncio.get_child_watcher()
                stop = threading.Event()
                def dump():
                    while not stop.is_set():
                        take("d")
                dumping = threading.Thread(target=dump)
                dumping.start()
                FACTS["codes"] = [await run(i) for i in range(6)]
                stop.set()
                dumping.join()
            if sys.version_info < (3, 12):
                # The watcher that waits for any child at all is the one that a stranger would disturb.
                asyncio.set_child_watcher(asyncio.FastChildWatcher())
                loop = asyncio.new_event_loop(); asyncio.set_event_loop(loop)
                asyncio.get_child_watcher().attach_loop(loop)
                loop.run_until_complete(main())
            else:
                asyncio.run(main())
            """
        ).facts
        self.assertEqual(facts["codes"], list(range(6)))

    def test_no_at_fork_handler_no_descriptor_no_setting_changes(self) -> None:
        facts = self.run_program(
            """
            import tracemalloc, ctypes
            calls = []
            os.register_at_fork(before=lambda: calls.append("before"), after_in_parent=lambda: calls.append("parent"), after_in_child=lambda: calls.append("child"))
            def state():
                return [sorted(os.listdir("/proc/self/fd")), gc.isenabled(), sys.getswitchinterval(), gc.get_threshold(), gc.get_debug(), gc.get_freeze_count()]
            sys.setswitchinterval(0.003)
            for mode in ("auto", "in-process"):
                take("warm", mode)
                before = state()
                take("a", mode)
                FACTS[mode] = [before, state()]
                gc.disable()
                before = state()
                take("a", mode)
                FACTS[mode + " off"] = [before, state()]
                gc.enable()
            tracemalloc.start()
            for mode in ("auto", "in-process"):
                take("a", mode); take("a", mode)
                gc.collect()
                first = tracemalloc.get_traced_memory()[0]
                for _ in range(3):
                    take("a", mode)
                gc.collect()
                FACTS["traced " + mode] = tracemalloc.get_traced_memory()[0] - first
            FACTS["calls"] = calls
            """
        ).facts
        for name in ("auto", "in-process", "auto off", "in-process off"):
            self.assertEqual(facts[name][0], facts[name][1], name)
        self.assertEqual(facts["calls"], [])
        self.assertLess(facts["traced auto"], 16000)
        self.assertLess(facts["traced in-process"], 16000)

    def test_no_instance_gets_a_dict(self) -> None:
        for mode in ("auto", "in-process"):
            facts = self.run_program(
                """
                class Plain:
                    def __init__(self): self.first, self.second = 1, [2]
                class Error(Exception): pass
                things = [Plain() for _ in range(200)] + [Error(i) for i in range(50)]
                def look():
                    return [[sys.getsizeof(thing), len(gc.get_referents(thing)), sum(type(t) is dict for t in gc.get_referents(thing))] for thing in things]
                def dicts():
                    return sum(type(thing) is dict for thing in gc.get_objects())
                take("warm", %r)
                gc.collect()
                before, dicts_before = look(), dicts()
                take("a", %r)
                gc.collect()
                FACTS["same"] = look() == before
                FACTS["more"] = dicts() - dicts_before
                """
                % (mode, mode)
            ).facts
            self.assertTrue(facts["same"])
            self.assertLess(facts["more"], 20)

    def test_no_variable_of_a_running_function_lives_longer(self) -> None:
        for mode in ("auto", "in-process"):
            facts = self.run_program(
                """
                import threading, weakref
                class Held: pass
                gone, go, ready, checked = [], threading.Event(), threading.Event(), threading.Event()
                def run():
                    variable = Held()
                    gone.append(weakref.ref(variable))
                    ready.set(); go.wait()
                    variable = None
                    gone.append(gone[0]() is None)
                thread = threading.Thread(target=run)
                thread.start(); ready.wait()
                take("a", %r)
                go.set(); thread.join()
                FACTS["gone"] = gone[1]
                """
                % mode
            ).facts
            self.assertTrue(facts["gone"])


class ManyThreads(DumpTestCase):
    def test_many_dumps_among_busy_threads(self) -> None:
        dumps = 30 if IS_OLDEST_OR_NEWEST else 10
        outcome = self.run_program(
            """
            import threading, zlib, json
            stop = False
            def busy():
                count = 0
                while not stop:
                    count += 1
            def allocates():
                while not stop:
                    rows = [bytes(size) for size in range(1, 40000, 997)]
                    zlib.compress(b"x" * 200000)
                    json.dumps([str(row[:3]) for row in rows])
            def sleeps():
                while not stop:
                    time.sleep(0.0003)
            threads = [threading.Thread(target=target, daemon=True) for target in (busy, busy, allocates, allocates, sleeps, sleeps)]
            for thread in threads: thread.start()
            tries = []
            for i in range(int(os.environ["DUMPS"])):
                pending = Dumper(keep_strings=False).start(os.path.join(OUT, "a.heap"), i, 20000, "auto")
                result = finish(pending)
                tries.append(getattr(pending, "_tries", 0))
                FACTS.setdefault("results", []).append([result.status, result.mode, result.code, result.text])
            stop = True
            FACTS["tries"] = tries
            """,
            env={"DUMPS": str(dumps)},
        )
        # A lock of malloc, copied while another thread had it, may cost a second try; more would be a hazard of our own.
        self.assertLessEqual(sum(outcome.facts["tries"]), dumps + 3)
        self.assertEqual(outcome.dump().dangling(), [])


if sys.platform != "linux":
    del Unseen, ManyThreads
