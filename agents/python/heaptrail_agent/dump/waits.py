"""What a thread waits for without a limit in time: locks, `queue.SimpleQueue`, the end of another thread.

Seen from the call that its innermost function is in, by the addresses of what lies on the stack. A wait that is over, with
the thread on its way to the interpreter lock, is none any more: the lock is free then, the queue filled.
"""

import sys
from types import BuiltinFunctionType, FrameType, MethodDescriptorType

from .frame_memory import FrameMemory, FrameReferences
from .stack_depth import instruction_at
from .type_facts import name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, Optional, Tuple

    # What it waits in, and the address of what it waits on.
    Wait = Tuple[str, int]

# Words of objects: Include/object.h; of bound methods of C, Include/cpython/methodobject.h; of their descriptors, Include/descrobject.h.
_TYPE, _METHOD, _RECEIVER = 1, 2, 3
_DEFINITION = 5
# Since 3.13 an item is handed to a thread that waits, and never in the queue; whether any waits is the queue's first field.
# It says so for a moment too long where a thread waits for another queue whose address is the same modulo 257
# (Python/parking_lot.c): the wait of one that was served, and has not come to run yet, is then taken to go on.
_HANDS_OVER = sys.version_info >= (3, 13)
_SOME_WAIT = 2
_KINDS = (("_thread", "lock"), ("_queue", "SimpleQueue"), ("_thread", "_ThreadHandle"))
_ACQUIRES = ("acquire", "acquire_lock", "__enter__")
_CALLABLE_FIRST = sys.version_info >= (3, 13)
# Arguments under which these calls wait for ever.
_FOR_EVER = frozenset([id(True), id(None), id(-1)])


class Waits:
    """Made in a frozen copy of the heap. `of` gives None for a thread that runs, or waits for something that this cannot know."""

    def __init__(self, memory: FrameMemory) -> None:
        self._memory = memory
        # By address of the type: what waits in it is called, and whether the wait is over.
        self._is_over: "Dict[int, Tuple[str, Callable[[Any], object]]]" = {}
        self._type_by_method: "Dict[int, int]" = {}
        self._type_by_definition: "Dict[int, int]" = {}
        self._bound_types = {id(kind) for kind in (BuiltinFunctionType, *type.__subclasses__(BuiltinFunctionType))}
        # The modules that have these types may have been given others (gevent does): the types themselves are looked for.
        by_name: "Dict[Tuple[str, str], Any]" = {name_of(kind): kind for kind in type.__subclasses__(object) if type(kind) is type and name_of(kind) in _KINDS}
        lock, queue, handle = map(by_name.get, _KINDS)
        if _is_plain(lock, *_ACQUIRES, "locked"):
            locked = lock.__dict__["locked"]
            self._add(lock, _ACQUIRES, "lock.acquire", lambda one: not locked(one))
        if _is_plain(queue, "get", "qsize"):
            self._add(queue, ("get",), "SimpleQueue.get", self._is_served if _HANDS_OVER else queue.__dict__["qsize"])
        if _is_plain(handle, "join", "is_done"):
            self._add(handle, ("join",), "Thread.join", handle.__dict__["is_done"])

    def of(self, frame: FrameType, references: FrameReferences) -> "Optional[Wait]":
        """`frame` is the innermost of its thread."""
        name, count = instruction_at(frame.f_code, frame.f_lasti)
        called = self._called(name, count, references.stack)
        if called is None:
            return None
        kind, receiver = called
        known = self._is_over.get(kind)
        # The address is that of an object of this type: so says its own first word, and the stack holds it.
        if known is None or self._memory.word(receiver, _TYPE) != kind or known[1](self._memory.object_at(receiver)):
            return None
        return known[0], receiver

    def _add(self, kind: "Any", methods: "Tuple[str, ...]", name: str, is_over: "Callable[[Any], object]") -> None:
        self._is_over[id(kind)] = (name, is_over)
        for method in methods:
            descriptor = kind.__dict__[method]
            self._type_by_method[id(descriptor)] = id(kind)
            self._type_by_definition[self._memory.word(id(descriptor), _DEFINITION)] = id(kind)

    def _called(self, name: str, count: int, stack: "List[int]") -> "Optional[Tuple[int, int]]":
        """Type and address of what a method of these types is called on, with arguments that set no limit."""
        if name in ("CALL_KW", "CALL_FUNCTION_KW"):
            stack = stack[:-1]
        elif name not in ("CALL", "CALL_METHOD", "CALL_FUNCTION"):
            return None
        arguments, below = stack[len(stack) - count :], stack[: len(stack) - count]
        if len(arguments) != count or not _FOR_EVER.issuperset(arguments):
            return None
        if name.startswith("CALL_FUNCTION"):
            below.append(0)
            called, receiver = below[-2:] if len(below) > 1 else (0, 0)
        elif len(below) < 2:
            return None
        else:
            called, receiver = below[-2:]
            if not called and not _CALLABLE_FIRST:
                called, receiver = receiver, 0
        if receiver:
            kind = self._type_by_method.get(called)
            return None if kind is None else (kind, receiver)
        return self._bound(called)

    def _bound(self, called: int) -> "Optional[Tuple[int, int]]":
        if not called or self._memory.word(called, _TYPE) not in self._bound_types:
            return None
        kind = self._type_by_definition.get(self._memory.word(called, _METHOD))
        return None if kind is None else (kind, self._memory.word(called, _RECEIVER))

    def _is_served(self, queue: "Any") -> bool:
        return not self._memory.word(id(queue), _SOME_WAIT) & 0xFF


def _is_plain(kind: "Any", *methods: str) -> bool:
    """A type of C whose methods are C's own, whatever the program has put into the module."""
    return type(kind) is type and all([type(kind.__dict__.get(method)) is MethodDescriptorType for method in methods])
