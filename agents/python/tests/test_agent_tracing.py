"""Tracing that the host switches on beside threads that give memory back without the interpreter lock, as lzma does."""

import os
import tempfile
import unittest

from agent_host import Host, finish

# A stream of many blocks: for each of them liblzma allocates and frees by way of PyMem_RawMalloc and PyMem_RawFree.
THREADS = """
import _thread, lzma, os, sys, time, tracemalloc, warnings
warnings.simplefilter("ignore")
one = lzma.compress(b"x", check=lzma.CHECK_NONE)
index = (int.from_bytes(one[-8:-4], "little") + 1) * 4
many = one[:12] + one[12:-12 - index] * 20000
def work():
    while True: lzma.LZMADecompressor().decompress(many)
for _ in range(3): _thread.start_new_thread(work, ())
def wait_until(on):
    until = time.time() + 20
    while tracemalloc.is_tracing() is not on and time.time() < until: time.sleep(0.005)
"""

FORKS = """
wait_until(True)
hung = 0
for _ in range(150):
    time.sleep(0.0005)
    pid = os.fork()
    if pid == 0:
        kept = [bytes(1000) for _ in range(50)], [_thread.allocate_lock() for _ in range(50)]
        os._exit(0)
    until = time.time() + 5
    while not os.waitpid(pid, os.WNOHANG)[0]:
        if time.time() > until:
            hung += 1
            os.kill(pid, 9)
            os.waitpid(pid, 0)
            break
        time.sleep(0.0005)
print(hung, tracemalloc.is_tracing())
sys.stdout.flush()
os._exit(0)
"""

ALLOCATORS = """
import ctypes, time, tracemalloc
get = ctypes.pythonapi.PyMem_GetAllocator
take, give = ctypes.pythonapi.PyMem_RawMalloc, ctypes.pythonapi.PyMem_RawFree
take.restype, take.argtypes, give.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
def allocators():
    found = [ctypes.create_string_buffer(40) for _ in range(3)]
    for domain, room in enumerate(found): get(domain, room)
    return [room.raw for room in found]
def wait_until(on):
    until = time.time() + 20
    while tracemalloc.is_tracing() is not on and time.time() < until: time.sleep(0.005)
before = allocators()
print("ready", flush=True)
wait_until(True)
print([one[8:] == other[8:] for one, other in zip(before, allocators())])  # the functions, without the context
first = tracemalloc.get_traced_memory()[0]
block = take(8 << 20)
raw = tracemalloc.get_traced_memory()[0] - first
class Thing: __slots__ = "one", "two"
kept = [bytearray(8 << 20), bytes(1000), Thing(), "a" * 5000]
print(raw < 1 << 20, tracemalloc.get_traced_memory()[0] - first - raw > 8 << 20)
print([tracemalloc.get_object_traceback(thing) is not None for thing in kept])
give(block)
del kept
print(tracemalloc.get_traced_memory()[0] - first < 1 << 20, flush=True)
wait_until(False)
print(before == allocators())
"""

BEGINS_ITS_OWN = """
import os, sys, time, tracemalloc
while not tracemalloc.is_tracing(): time.sleep(0.005)
tracemalloc.stop()
tracemalloc.start(3)
print("its own", flush=True)
while not os.path.exists(sys.argv[1]): time.sleep(0.005)
print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())
"""


class Tracing(unittest.TestCase):
    def test_no_child_hangs_that_is_forked_meanwhile(self):
        with Host() as host:
            child = host.start("-c", THREADS + FORKS)
            connection = host.wait_for_connection()
            connection.wait_for("hello")
            connection.send(c="trace", on=True, frames=8)
            ended = finish(child, 120)
            self.assertEqual((ended.code, ended.out, ended.err), (0, b"0 True\n", b""))

    def test_the_program_survives_its_beginning_and_its_end(self):
        code = THREADS + """
for turn in range(10):
    wait_until(True)
    print("on", flush=True)
    wait_until(False)
    print("off", flush=True)
os._exit(0)
"""
        with Host() as host:
            child = host.start("-c", code)
            connection = host.wait_for_connection()
            connection.wait_for("hello")
            for _ in range(10):
                for on in (True, False):
                    connection.send(c="trace", on=on, frames=8)
                    self.assertEqual(child.stdout.readline(), b"on\n" if on else b"off\n")
            self.assertEqual(finish(child).code, 0)

    def test_objects_are_traced_and_the_raw_domain_keeps_its_functions(self):
        for allocator in ("pymalloc", "malloc"):
            with self.subTest(allocator=allocator), Host() as host:
                child = host.start("-c", ALLOCATORS, env={"PYTHONMALLOC": allocator})
                child.stdout.readline()
                connection = host.wait_for_connection()
                connection.wait_for("hello")
                connection.send(c="trace", on=True, frames=8)
                said = [child.stdout.readline() for _ in range(4)]
                connection.send(c="trace", on=False, frames=8)
                ended = finish(child)
                self.assertEqual(said, [b"[True, False, False]\n", b"True True\n", b"[True, True, True, True]\n", b"True\n"])
                self.assertEqual((ended.code, ended.out, ended.err), (0, b"True\n", b""))

    def test_where_it_might_harm_the_program_nothing_is_traced_and_the_host_is_told(self):
        code = "import time, tracemalloc\nprint(1, flush=True)\ntime.sleep(1.5)\nprint(tracemalloc.is_tracing())"
        without_ctypes = "import sys\nsys.modules['ctypes'] = None\n" + code
        hook = "import sys\ndef hook(event, _):\n    if event.startswith('ctypes'): raise RuntimeError(event)\nsys.addaudithook(hook)\n"
        for name, arguments in (("no ctypes", ["-c", without_ctypes]), ("debug hooks", ["-X", "dev", "-c", code]),
                                ("an audit hook", ["-c", hook + code])):
            with self.subTest(name), Host() as host:
                child = host.start(*arguments)
                child.stdout.readline()
                connection = host.wait_for_connection()
                connection.wait_for("hello")
                connection.send(c="trace", on=True, frames=8)
                self.assertEqual(connection.wait_for("event")[0]["code"], "HEAPTRAIL_TRACING_UNAVAILABLE")
                self.assertEqual(finish(child).out, b"False\n")

    def test_a_tracing_that_the_program_begins_after_it_stopped_ours_is_left_to_it(self):
        # Ours was remembered by a flag: the program's was stopped with it.
        with Host() as host, tempfile.TemporaryDirectory() as folder:
            told = os.path.join(folder, "told")
            child = host.start("-c", BEGINS_ITS_OWN, told)
            self.addCleanup(child.kill)
            connection = host.wait_for_connection()
            connection.wait_for("hello")
            connection.send(c="trace", on=True, frames=8)
            self.assertEqual(child.stdout.readline(), b"its own\n")
            connection.send(c="trace", on=False, frames=8)
            self.assertEqual(connection.wait_for("event")[0]["code"], "HEAPTRAIL_TRACING_FOREIGN")
            open(told, "w").close()
            ended = finish(child)
            self.assertEqual((ended.code, ended.out), (0, b"True 3\n"), ended.err)


if __name__ == "__main__":
    unittest.main()
