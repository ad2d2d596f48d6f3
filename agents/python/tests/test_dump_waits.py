"""What running functions hold, what their threads wait for, and where generators and coroutines stand."""

import sys
import unittest
from typing import Any, Dict, List, Set

from dump_host import DumpTestCase, line_of
from dump_reader import NOT_KNOWN, Dump

# 3.8 counts otherwise in the bodies of `finally`.
_UNEVEN = ("in_finally",) if sys.version_info < (3, 9) else ()
# Threads in which C stands between two functions, with references of its own.
_CALLED_BY_C = ("in_unpacked", "behind_c", "behind_map", "behind_partial", "partial", *_UNEVEN)
_COUNTED = ("Mark", "Entering", "lock", "list", "dict", "cell", "list_iterator", "tuple_iterator", "dict_valueiterator", "TextIOWrapper", "method")

_SHAPES = """
import contextlib, functools, queue, threading
class Mark: pass
ready = threading.Semaphore(0)
def block():
    lock = threading.Lock(); lock.acquire(); FACTS.setdefault("locks", []).append(id(lock)); ready.release()
    lock.acquire()
def of_variables(a, b=None, *c, d=None, **e):
    local, again = Mark(), a
    block()
def of_cells():
    captured = Mark()
    def inner(argument):
        block()
        return captured, argument
    inner(Mark())
def in_with():
    @contextlib.contextmanager
    def manager(mark):
        yield mark
    with manager(Mark()) as mark, open(__file__) as file, threading.Lock():
        block()
def in_loops():
    for mark in [Mark(), Mark()]:
        for other in (Mark(), mark):
            for key in {1: Mark()}.values():
                block()
def in_operands():
    return [Mark(), Mark(), (Mark(), {"a": Mark(), "b": block()})]
def in_arguments():
    of_variables(Mark(), Mark(), Mark(), Mark(), d=Mark(), e=Mark())
def in_unpacked():
    pair, names = (Mark(), Mark(), Mark()), {"d": Mark(), "f": Mark()}
    of_variables(*pair, **names)
def behind_c():
    sorted([Mark(), Mark()], key=lambda mark: block())
def behind_map():
    list(map(lambda mark: block(), iter([Mark()])))
def behind_partial():
    functools.partial(of_variables, Mark(), d=Mark())()
def in_finally():
    try:
        mark = Mark()
    finally:
        other = Mark()
        block()
def in_try():
    mark = Mark()
    try:
        with threading.Lock():
            block()
    except ValueError:
        pass
    finally:
        mark = None
class Entering:
    def __init__(self): self.mark = Mark()
    def __enter__(self): block()
    def __exit__(self, *error): pass
    def __lt__(self, other): block()
    def __getattr__(self, name): block()
    @property
    def wide(self): block()
def in_enter():
    with Entering() as mark:
        pass
def in_comparison():
    Entering() < Entering()
def in_attribute():
    Entering().wide
def in_missing_attribute():
    Entering().missing
def in_comprehension():
    mark = Mark()
    return [(other, block(), mark) for other in [Mark(), Mark()]]
def in_long():
    a = Mark()
    %s
    for b in [a]:
        block()
shapes = [of_cells, in_with, in_loops, in_operands, in_arguments, in_unpacked, behind_c, behind_map, behind_partial, in_finally, in_try, in_enter,
    in_comparison, in_attribute, in_missing_attribute, in_comprehension, in_long, functools.partial(of_variables, Mark(), [Mark()])]
threads = [threading.Thread(target=shape, daemon=True, name=getattr(shape, "__name__", "partial")) for shape in shapes]
for thread in threads: thread.start()
for thread in threads: ready.acquire()
time.sleep(0.2)
del thread
take()
with open(os.path.join(OUT, "facts.json"), "w") as file: json.dump(FACTS, file)
file.close(); os._exit(0)
""" % "\n    ".join("if a is %d: a = %d" % (n + 300, n + 300) for n in range(200))


def rows_by_thread(dump: Dump) -> "Dict[int, List[Dict[str, Any]]]":
    """Frames of each thread, innermost first."""
    rows: "Dict[int, List[Dict[str, Any]]]" = {}
    for root in dump.roots:
        if root["kind"] == "frame":
            rows.setdefault(root["threadId"], []).append(root)
    return rows


_WAITS_IN_EXCEPT = """
import threading
class Refused(Exception): pass
never = threading.Event()
def work():
    try:
        raise Refused
    except Refused:
        never.wait()
for _ in range(3): threading.Thread(target=work, daemon=True).start()
time.sleep(0.2)
take()
with open(os.path.join(OUT, "facts.json"), "w") as file: json.dump(FACTS, file)
file.close(); os._exit(0)
"""


class HeldByRunningFunctions(DumpTestCase):
    @unittest.skipIf(sys.version_info < (3, 10), "nobody says what another thread is handling")
    def test_is_the_exception_that_a_thread_is_handling(self) -> None:
        """Idle workers of a pool have one each: no native code retains them."""
        dump = self.run_program(_WAITS_IN_EXCEPT).dump()
        held = [address for rows in rows_by_thread(dump).values() for row in rows for address in row.get("holds", [])]
        refused = [node for node in dump.nodes.values() if node.type_name == "Refused"]
        self.assertEqual([held.count(node.address) for node in refused], [1, 1, 1])
        self.assertEqual([dump.excess()[node.address] for node in refused], [1, 1, 1])
        named = [address for rows in rows_by_thread(dump).values() for row in rows for name, address in row["locals"] if name == "except"]
        self.assertEqual(sorted(named), sorted(node.address for node in refused))

    def test_is_every_reference_that_no_edge_explains(self) -> None:
        dump = self.run_program(_SHAPES).dump()
        threads = rows_by_thread(dump)
        self.assertEqual(len(threads), 18)
        unread = [(rows[0]["thread"], row["function"]) for rows in threads.values() for row in rows if "holds" not in row]
        self.assertEqual(unread, [(name, name) for name in _UNEVEN])
        excess = dump.excess()
        held: "Dict[int, int]" = {}
        by_c: "Set[int]" = set()
        for rows in threads.values():
            for row in rows:
                for address in row.get("holds", [address for _, address in row["locals"]]):
                    held[address] = held.get(address, 0) + 1
                    if rows[0]["thread"] in _CALLED_BY_C:
                        by_c.add(address)
        checked = 0
        for address, count in held.items():
            node = dump.nodes.get(address)
            # Texts, numbers and classes are counted otherwise than they show.
            if node is None or node.refs == NOT_KNOWN or node.type_name not in _COUNTED:
                continue
            checked += 1
            self.assertGreaterEqual(excess[address], count, "%s at %#x" % (node.type_name, address))
            if address not in by_c:
                self.assertEqual(excess[address], count, "%s at %#x" % (node.type_name, address))
        self.assertGreater(checked, 60)

    def test_of_waiting_threads_is_their_lock(self) -> None:
        outcome = self.run_program(_SHAPES)
        innermost = [rows[0] for rows in rows_by_thread(outcome.dump()).values()]
        self.assertEqual({row["waitsIn"] for row in innermost}, {"lock.acquire"})
        self.assertEqual(sorted(row["waitsOn"] for row in innermost), sorted(outcome.facts["locks"]))


_WAITS = """
import queue, threading, socket, concurrent.futures
def in_queue(): queue.Queue().get()
def in_simple_queue(): queue.SimpleQueue().get()
def in_simple_queue_by_name():
    own = queue.SimpleQueue(); own.get(block=True)
def in_event(): threading.Event().wait()
def in_bound():
    lock = threading.Lock(); lock.acquire(); acquire = lock.acquire; acquire(True, -1)
def in_result(): concurrent.futures.Future().result()
def in_join(): threads[0].join()
def in_join_without_end(): threads[0].join(None)
def with_limit(): queue.Queue().get(timeout=1000)
def with_limit_of_lock():
    lock = threading.Lock(); lock.acquire(); lock.acquire(timeout=1000)
def with_limit_of_simple_queue(): queue.SimpleQueue().get(timeout=1000)
def with_limit_of_join(): threads[0].join(1000)
def asleep(): time.sleep(1000)
def in_socket():
    left, right = socket.socketpair(); left.recv(1)
def busy():
    while not stopping: pass
stopping = []
threads = [threading.Thread(target=each, daemon=True, name=each.__name__) for each in (in_queue, in_simple_queue, in_simple_queue_by_name, in_event, in_bound, in_result,
    in_join, in_join_without_end, with_limit, with_limit_of_lock, with_limit_of_simple_queue, with_limit_of_join, asleep, in_socket, busy)]
for thread in threads: thread.start()
time.sleep(0.5)
take()
stopping.append(True)
with open(os.path.join(OUT, 'facts.json'), 'w') as file: json.dump(FACTS, file)
file.close(); os._exit(0)
"""


class WaitsOfThreads(DumpTestCase):
    def test_are_told_where_nothing_limits_them(self) -> None:
        dump = self.run_program(_WAITS).dump()
        found = {rows[0]["thread"]: (rows[0].get("waitsIn"), dump.nodes[rows[0]["waitsOn"]].type_name if "waitsOn" in rows[0] else None) for rows in rows_by_thread(dump).values()}
        lock = ("lock.acquire", "lock")
        # Until 3.13 a thread is waited for by way of a lock.
        join = ("Thread.join", "_ThreadHandle") if sys.version_info >= (3, 13) else lock
        no = (None, None)
        self.assertEqual(
            found,
            {
                "in_queue": lock, "in_simple_queue": ("SimpleQueue.get", "SimpleQueue"), "in_simple_queue_by_name": ("SimpleQueue.get", "SimpleQueue"), "in_event": lock,
                "in_bound": lock, "in_result": lock, "in_join": join, "in_join_without_end": join, "with_limit": no, "with_limit_of_lock": no,
                "with_limit_of_simple_queue": no, "with_limit_of_join": no, "asleep": no, "in_socket": no, "busy": no,
            },
        )

    def test_are_told_whatever_the_program_has_put_into_the_modules(self) -> None:
        dump = self.run_program(
            """
            import threading, queue, _thread, _queue
            def in_queue(): queue.Queue().get()
            def in_simple_queue(): queue.SimpleQueue().get()
            for each in (in_queue, in_simple_queue): threading.Thread(target=each, daemon=True, name=each.__name__).start()
            time.sleep(0.3)
            take("before")
            class Strange: pass
            for name in ("LockType", "lock", "allocate_lock", "RLock"): setattr(_thread, name, Strange)
            _thread.get_ident = lambda: 1
            _queue.SimpleQueue = Strange
            take()
            with open(os.path.join(OUT, 'facts.json'), 'w') as file: json.dump(FACTS, file)
            file.close(); os._exit(0)
            """
        ).dump()
        found = {rows[0]["thread"]: rows[0].get("waitsIn") for rows in rows_by_thread(dump).values()}
        self.assertEqual(found, {"in_queue": "lock.acquire", "in_simple_queue": "SimpleQueue.get"})

    def test_that_are_over_are_none(self) -> None:
        # Locks that are let go while the dumping thread has the interpreter: their threads have not come to run yet.
        dump = self.run_program(
            """
            import queue, threading
            locks = [threading.Lock() for _ in range(20)]
            # CPython 3.13 keeps those who wait in 257 buckets by address, and takes a neighbour for one more who waits.
            queues = list({id(own) % 257: own for own in [queue.SimpleQueue() for _ in range(200)]}.values())[:20]
            def of_lock(lock): lock.acquire()
            def of_queue(own): own.get()
            for lock in locks: lock.acquire()
            for lock in locks: threading.Thread(target=of_lock, args=(lock,), daemon=True).start()
            for own in queues: threading.Thread(target=of_queue, args=(own,), daemon=True).start()
            time.sleep(0.3)
            from heaptrail_agent.dump import clone
            class Quick(clone.Cloner):
                def clone(self):
                    # As the original, without letting others run in between.
                    import gc
                    gc.disable()
                    for lock in locks: lock.release()
                    for own in queues: own.put(1)
                    return self.calls.syscall(self._number, 0, 0, 0, 0, 0), 0.0
            import heaptrail_agent.dump as dump
            dump.Cloner = Quick
            sys.setswitchinterval(5)
            take()
            """
        ).dump()
        waiting = [rows[0] for rows in rows_by_thread(dump).values() if rows[0]["function"] in ("of_lock", "of_queue")]
        self.assertEqual(len(waiting), 40)
        self.assertEqual([row["waitsIn"] for row in waiting if "waitsIn" in row], [])


_SUSPENDED = """
import asyncio
def generate(limit):
    for number in range(limit):
        yield number  # yield
def delegate():
    yield from inner  # from
async def stream():
    yield 1  # stream
    await asyncio.sleep(0)
async def wait(future):
    await future  # await
async def outer(future):
    await wait(future)  # outer
inner = generate(3)
started, fresh, ended, delegating = generate(3), generate(3), generate(0), delegate()
next(started); list(ended); next(delegating)
streaming = stream()
tasks = []
class OwnTask(asyncio.Task):
    pass
async def main():
    loop = asyncio.get_running_loop()
    async for _ in streaming:
        break
    tasks.append(loop.create_task(outer(loop.create_future())))
    tasks.append(OwnTask(outer(loop.create_future())))
    await asyncio.sleep(0)
    take()
    for task in tasks: task.cancel()
asyncio.run(main())
"""


class Suspended(DumpTestCase):
    def test_tells_where_everything_stands(self) -> None:
        dump = self.run_program(_SUSPENDED).dump()

        def standing(name: str) -> "List[object]":
            code, line, state, awaited = dump.suspended[dump.global_of("__main__", name).address]
            return [dump.code[code][4], line, state, dump.nodes[awaited].type_name if awaited else None]

        self.assertEqual(standing("started"), ["generate", line_of(_SUSPENDED, "# yield"), 1, None])
        self.assertEqual(standing("fresh")[0::2], ["generate", 0])
        self.assertEqual(standing("delegating"), ["delegate", line_of(_SUSPENDED, "# from"), 1, "generator"])
        self.assertEqual(standing("streaming"), ["stream", line_of(_SUSPENDED, "# stream"), 1, None])
        self.assertNotIn(dump.global_of("__main__", "ended").address, dump.suspended)
        tasks = [dump.at(address) for address in dump.global_of("__main__", "tasks").edges]
        self.assertEqual([task.type_name for task in tasks], ["Task", "OwnTask"])
        for task in tasks:
            future = task.labelled("slot", "_fut_waiter")
            self.assertEqual(dump.at(future).type_name, "Future")
            coroutine = task.labelled("slot", "_coro") or 0
            code, line, state, awaited = dump.suspended[coroutine]
            self.assertEqual((dump.code[code][4], line, state), ("outer", line_of(_SUSPENDED, "# outer"), 1))
            code, line, state, awaited = dump.suspended[awaited]
            self.assertEqual((dump.code[code][4], line, state), ("wait", line_of(_SUSPENDED, "# await"), 1))
            self.assertIn(future, dump.at(awaited).edges)

    def test_is_not_told_of_a_running_program(self) -> None:
        self.assertEqual(self.run_program(_SUSPENDED.replace("take()", "take(mode='in-process')")).dump().suspended, {})
