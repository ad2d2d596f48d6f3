"""What the host receives."""

import time
import unittest

from agent_host import Host, finish, hears_goodbye


class Frames(unittest.TestCase):
    @hears_goodbye
    def test_a_process_says_hello_then_samples_each_second_then_bye(self):
        with Host() as host:
            ended = host.run("-c", "import time; time.sleep(1.3)")
            host.settle()
            self.assertEqual((ended.code, ended.err), (0, b""))
            (connection,) = host.connections
            kinds = [frame["t"] for frame in connection.frames]
            self.assertEqual(kinds, ["hello", "sample", "sample", "sample", "bye"])
            hello = connection.frames[0]
            self.assertEqual((hello["v"], hello["reason"], hello["script"], hello["bits"]), (1, "start", "-c", 64))
            self.assertEqual(hello["runtime"]["name"], "cpython")
            self.assertFalse(hello["tracing"])
            self.assertLess(abs(hello["startedAtMs"] / 1000 - time.time()), 30)
            sample = connection.frames[2]
            self.assertEqual(set(sample), {
                "t", "atMs", "blocks", "modules", "threads", "tasks", "finalizers", "garbage", "gcCollections",
                "gcCollected", "gcUncollectable", "gcPauses", "gcPauseMs", "gcMaxPauseMs", "tracing",
                "tracedBytes", "tracingBytes", "agentCpuMs", "intervalMs", "dropped"})
            self.assertEqual((sample["threads"], sample["tasks"], sample["dropped"]), (1, None, 0))

    def test_the_script_is_named_by_its_base_name(self):
        cases = [
            (["-X", "utf8", "-c", "pass"], "-c"),
            (["-Wignore", "-m", "timeit", "-n", "1", "secret"], "-m timeit"),
            (["-um", "this"], "-m this"),
        ]
        for arguments, name in cases:
            with self.subTest(name=name), Host() as host:
                host.run(*arguments)
                host.settle()
                self.assertEqual([hello["script"] for hello in host.hellos()], [name])

    def test_collections_and_their_pauses_are_measured(self):
        code = "import gc, time\nkeep = [[i] for i in range(300000)]\nfor _ in range(5): gc.collect()\ntime.sleep(1.2)"
        with Host() as host:
            host.run("-c", code)
            host.settle()
            samples = host.connections[0].of_kind("sample")
            self.assertGreaterEqual(sum(sample["gcPauses"] for sample in samples), 5)
            longest = max(sample["gcMaxPauseMs"] for sample in samples)
            self.assertGreater(longest, 0.5)
            self.assertGreaterEqual(sum(sample["gcPauseMs"] for sample in samples), longest)
            self.assertGreaterEqual(samples[-1]["gcCollections"][-1], 5)

    def test_threads_tasks_and_finalizers_are_counted_and_named(self):
        code = """
import asyncio, threading, time, weakref
class Owner: pass
owners = [Owner() for _ in range(30)]
def forget(): pass
for owner in owners: weakref.finalize(owner, forget)
def idle(): time.sleep(60)
for _ in range(4): threading.Thread(target=idle, daemon=True).start()
async def wait_for_ever(): await asyncio.sleep(60)
async def main():
    keep = [asyncio.ensure_future(wait_for_ever()) for _ in range(7)]
    await asyncio.sleep(0)
    print("ready", flush=True)
    await asyncio.sleep(60)
asyncio.new_event_loop().run_until_complete(main())
"""
        with Host() as host:
            child = host.start("-c", code)
            connection = host.wait_for_connection()
            child.stdout.readline()
            connection.wait_for("sample", len(connection.of_kind("sample")) + 2)
            connection.send(c="detail")
            detail = connection.wait_for("detail")[0]
            sample = connection.of_kind("sample")[-1]
            child.kill()
            finish(child)
            self.assertEqual(sample["threads"], 5)
            self.assertGreaterEqual(sample["finalizers"], 30)
            named = {entry["callback"]: entry for entry in detail["finalizers"]}
            self.assertEqual((named["forget"]["count"], named["forget"]["line"]), (30, 5))
            stacks = {entry["count"]: entry["stack"] for entry in detail["threads"]}
            self.assertEqual(stacks[4][0][0], "idle")
            if sample["tasks"] is not None:
                self.assertEqual(sample["tasks"], 8)
                tasks = {entry["coroutine"]: entry["count"] for entry in detail["tasks"]}
                self.assertEqual(tasks, {"wait_for_ever": 7, "main": 1})
            self.assertFalse(detail["partial"])

    def test_tracing_is_switched_on_and_off(self):
        with Host() as host:
            child = host.start("-c", "import time\nk=[]\nfor i in range(60): k.append(bytearray(100000)); time.sleep(.1)")
            connection = host.wait_for_connection()
            connection.wait_for("sample", 1)
            connection.send(c="trace", on=True, frames=5)
            on = connection.wait_for("sample", 3)[-1]
            connection.send(c="trace", on=False, frames=5)
            off = connection.wait_for("sample", 5)[-1]
            child.kill()
            finish(child)
            self.assertTrue(on["tracing"])
            self.assertGreater(on["tracedBytes"], 500000)
            self.assertFalse(off["tracing"])
            self.assertIsNone(off["tracedBytes"])

    def test_a_tracing_of_the_program_is_left_alone(self):
        with Host() as host:
            child = host.start("-X", "tracemalloc=3", "-c", "import time, tracemalloc\nfor _ in range(40):\n time.sleep(.1)\n assert tracemalloc.is_tracing()")
            connection = host.wait_for_connection()
            self.assertTrue(connection.wait_for("hello")[0]["tracing"])
            connection.send(c="trace", on=False, frames=1)
            self.assertEqual(connection.wait_for("event")[0]["code"], "HEAPTRAIL_TRACING_FOREIGN")
            connection.send(c="quiet")
            self.assertTrue(connection.ended.wait(5))
            self.assertEqual(finish(child).code, 0)

    def test_quiet_leaves_no_thread_no_descriptor_and_no_callback(self):
        code = """
import gc, os, time
until = time.time() + 8
while time.time() < until and (len(os.listdir('/proc/self/task')) > 1 or gc.callbacks): time.sleep(0.02)
print(len(os.listdir('/proc/self/task')), len(gc.callbacks), len(os.listdir('/proc/self/fd')))
"""
        with Host() as host:
            child = host.start("-c", code)
            connection = host.wait_for_connection()
            connection.wait_for("hello")
            connection.send(c="quiet")
            self.assertEqual(finish(child).out, b"1 0 4\n")

    def test_foreign_lines_have_no_effect(self):
        with Host() as host:
            child = host.start("-c", "import time; time.sleep(2.5)")
            connection = host.wait_for_connection()
            connection.channel.sendall(b"\n[1]\nnull\n{\n" + b"[" * 5000 + b"\n{\"c\":\"unknown\"}\n\xff\xfe\n")
            connection.wait_for("sample", 3)
            self.assertEqual(finish(child).err, b"")


if __name__ == "__main__":
    unittest.main()
