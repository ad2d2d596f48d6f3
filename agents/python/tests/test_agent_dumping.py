"""The dump order, from the command to the frame."""

import os
import unittest

from agent_host import Host, finish


class DumpOrder(unittest.TestCase):
    def answer(self, mode, code="import time; keep = [{} for _ in range(5000)]; time.sleep(100)"):
        with Host() as host:
            child = host.start("-c", code)
            connection = host.wait_for_connection()
            connection.wait_for("sample")
            path = os.path.join(host.folder, "dump-1.heap")
            connection.send(c="dump", sequence=1, path=path, deadlineMs=60000, mode=mode)
            frame = connection.wait_for("dump", seconds=60)[0]
            size = os.path.getsize(path) if os.path.exists(path) else 0
            child.kill()
            finish(child)
            return frame, size

    def test_a_dump_is_made_in_both_modes(self):
        for mode in ("auto", "in-process"):
            with self.subTest(mode=mode):
                frame, size = self.answer(mode)
                self.assertEqual((frame["status"], frame["sequence"]), ("done", 1), frame)
                self.assertGreater(size, 10000)
                self.assertLessEqual({"pauseMs", "childCpuMs", "wallMs", "mode", "atMs"}, set(frame))

    def test_orders_at_the_same_time_and_without_sense_are_refused(self):
        with Host() as host:
            child = host.start("-c", "import time; keep = [[i] for i in range(200000)]; time.sleep(30)")
            connection = host.wait_for_connection()
            connection.wait_for("sample")
            path = os.path.join(host.folder, "dump")
            connection.send(c="dump", sequence=1, path=path, deadlineMs=20000, mode="in-process")
            connection.send(c="dump", sequence=2, path=path, deadlineMs=20000, mode="auto")
            connection.send(c="dump", mode="auto")
            frames = connection.wait_for("dump", 2, 20)
            codes = [frame.get("code") for frame in frames]
            child.kill()
            finish(child)
            self.assertIn("HEAPTRAIL_DUMP_BUSY", codes)

    def test_a_dump_under_way_outlives_forks_and_not_the_exit(self):
        code = """
import os, time, gc
keep = [[i] for i in range(3000)]
until = time.time() + 100
while time.time() < until:
    pid = os.fork()
    if pid == 0: os._exit(0)
    os.waitpid(pid, 0)
    gc.collect(0)
    time.sleep(0.05)
"""
        for mode in ("auto", "in-process"):
            with self.subTest(mode=mode):
                self.assertEqual(self.answer(mode, code)[0]["status"], "done")
        with Host() as host:
            child = host.start("-c", "import time; keep = [[i] for i in range(900000)]; print(1, flush=True); time.sleep(0.4)")
            connection = host.wait_for_connection()
            child.stdout.readline()
            connection.send(c="dump", sequence=1, path=os.path.join(host.folder, "d"), deadlineMs=20000, mode="in-process")
            ended = finish(child)
            self.assertEqual((ended.code, ended.err), (0, b""))

    def test_a_dump_loads_no_threading(self):
        code = """
import os, sys, time
until = time.time() + 8
while time.time() < until and not os.path.exists(os.environ['HEAPTRAIL_OUT'] + '/stop'): time.sleep(0.02)
import threading
print('heaptrail_agent.dump' in sys.modules, threading.main_thread() is threading.current_thread())
"""
        with Host() as host:
            child = host.start("-c", code)
            connection = host.wait_for_connection()
            connection.wait_for("sample")
            connection.send(c="dump", sequence=1, path=os.path.join(host.folder, "d"), deadlineMs=20000, mode="auto")
            connection.wait_for("dump", 1, 20)
            open(os.path.join(host.folder, "stop"), "w").close()
            self.assertEqual(finish(child).out, b"True True\n")


if __name__ == "__main__":
    unittest.main()
