"""Where generators, coroutines and asynchronous generators stand, and what they have handed over to."""

import opcode
import sys
from array import array
from types import AsyncGeneratorType, CodeType, CoroutineType, FrameType, GeneratorType

from .blocks import SUSPENDED, BlockWriter, u32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Sequence, Tuple

    Getter = Callable[[object], Any]

CREATED, WAITING, RUNNING = range(3)


def _getters(kind: type, prefix: str, awaits: str) -> "Tuple[Getter, Getter, Getter, Getter]":
    found = vars(kind)
    # Where nothing says that it is suspended, it follows from the frame.
    suspended = found.get(prefix + "suspended")
    return (
        found[prefix + "frame"].__get__,
        found[prefix + "code"].__get__,
        found[awaits].__get__,
        suspended.__get__ if suspended is not None else _stands_behind_a_yield,
    )


def _stands_behind_a_yield(thing: "Any") -> bool:
    frame: FrameType = _OF[id(type(thing))][0](thing)
    if sys.version_info < (3, 11):
        return frame.f_lasti >= 0
    return frame.f_code.co_code[frame.f_lasti] != opcode.opmap["RETURN_GENERATOR"]


_OF = {
    id(GeneratorType): _getters(GeneratorType, "gi_", "gi_yieldfrom"),
    id(CoroutineType): _getters(CoroutineType, "cr_", "cr_await"),
    id(AsyncGeneratorType): _getters(AsyncGeneratorType, "ag_", "ag_await"),
}
# An asynchronous generator is said to run from the call of `asend` on, for however long that is awaited.
_RUNNING = {id(GeneratorType): vars(GeneratorType)["gi_running"].__get__, id(CoroutineType): vars(CoroutineType)["cr_running"].__get__}


def frame_of(thing: object) -> "Any":
    """Its frame; None when it has ended. A frame is its own."""
    return thing if type(thing) is FrameType else _OF[id(type(thing))][0](thing)


def is_suspendable(kind: type) -> bool:
    return id(kind) in _OF


class Suspended:
    """Writes one block for the objects of one type. Only in a frozen copy: a frame that is looked at comes into being."""

    def __init__(self, out: BlockWriter) -> None:
        self._out = out

    def note(self, objects: "Sequence[object]", frames: "Sequence[Any]") -> None:
        if not objects:
            return
        _, code_of, awaited_by, is_suspended = _OF[id(type(objects[0]))]
        runs = _RUNNING.get(id(type(objects[0])))
        addresses: "List[int]" = []
        codes: "List[int]" = []
        lines: "List[int]" = []
        states: "List[int]" = []
        awaited: "List[int]" = []
        for thing, frame in zip(objects, frames):
            if frame is None:
                continue
            code: CodeType = code_of(thing)
            target = awaited_by(thing)
            addresses.append(id(thing))
            codes.append(id(code))
            lines.append(frame.f_lineno or code.co_firstlineno)
            states.append(RUNNING if runs is not None and runs(thing) else WAITING if is_suspended(thing) else CREATED)
            awaited.append(0 if target is None else id(target))
        if addresses:
            self._out.block(SUSPENDED, [u32(len(addresses)), array("Q", addresses), array("Q", codes), array("I", lines), array("I", states), array("Q", awaited)])
