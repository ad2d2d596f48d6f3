"""How many values lie on a function's evaluation stack before one of its instructions, by following its bytecode.

While a function runs, the interpreter keeps that number to itself. It follows from the code alone, for the compiler gives
every instruction one depth whatever way leads there; where older versions did not (the bodies of `finally` in 3.8), the
answer is None.
"""

import opcode
import sys
from types import CodeType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Iterator, List, Optional, Set, Tuple

    # Offset, opcode, argument, offset of what comes next.
    Instruction = Tuple[int, int, int, int]

_HAS_CACHES = sys.version_info >= (3, 11)
_HAS_BLOCKS = sys.version_info < (3, 11)
_FINALLY_IS_A_CALL = sys.version_info < (3, 9)
# Jumps are counted in instructions since 3.10.
_UNIT = 2 if sys.version_info >= (3, 10) else 1
_MOST_BYTES = 1 << 16

NAME_OF = opcode.opname
_RELATIVE = frozenset(opcode.hasjrel)
_ABSOLUTE = frozenset(opcode.hasjabs)
_WITH_ARGUMENT = frozenset(getattr(opcode, "hasarg", range(opcode.HAVE_ARGUMENT, 256)))
_CACHE = 0
_EXTENDED = opcode.EXTENDED_ARG


def _numbers(*names: str) -> "frozenset[int]":
    return frozenset([opcode.opmap[name] for name in names if name in opcode.opmap])


_BACKWARD = frozenset([number for name, number in opcode.opmap.items() if "JUMP_BACKWARD" in name])
_HANDLERS = _numbers("SETUP_FINALLY", "SETUP_WITH", "SETUP_ASYNC_WITH") if _HAS_BLOCKS else frozenset()
_ENDS = _numbers("RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE", "INTERPRETER_EXIT")
_ALWAYS_JUMP = _BACKWARD | _numbers("JUMP_FORWARD", "JUMP_ABSOLUTE")
# 3.8 enters the body of a `finally` with one value or with six, and counts six.
_UNEVEN_FROM = _numbers("BEGIN_FINALLY") if _FINALLY_IS_A_CALL else frozenset()
_UNEVEN_TO = _numbers("END_FINALLY", "POP_FINALLY") if _FINALLY_IS_A_CALL else frozenset()
_CALL_FINALLY = _numbers("CALL_FINALLY")
# 3.11 counts the arguments of a call as taken by the instruction before it, which leaves them where they are.
_BEFORE_CALL = _numbers("PRECALL")
_CALL = _numbers("CALL") if _BEFORE_CALL else frozenset()


class StackDepths:
    """Depths by code and offset; each code is followed once. The threads of a pool all stand at one instruction."""

    def __init__(self) -> None:
        self._by_code: "Dict[int, Dict[int, Optional[int]]]" = {}
        # The codes are kept, for an address says nothing once its object is gone.
        self._kept: "List[CodeType]" = []
        # 3.13 has the tables and no door to them: the C half of the module is what `opcode` itself asks.
        self._effect = opcode.stack_effect

    def before(self, code: CodeType, offset: int) -> "Optional[int]":
        """Values on the stack before the instruction at `offset` takes any; None where that is not known."""
        known = self._by_code.get(id(code))
        if known is None:
            self._kept.append(code)
            try:
                known = self._follow(code)
            except (ValueError, IndexError):
                known = {}
            self._by_code[id(code)] = known
        return known.get(offset)

    def _follow(self, code: CodeType) -> "Dict[int, Optional[int]]":
        text = code.co_code
        if len(text) > _MOST_BYTES:
            return {}
        instructions = {each[0]: each for each in _instructions(text)}
        depths: "Dict[int, Optional[int]]" = {}
        # (offset, depth, how many `finally` bodies of 3.8 it stands in); what is handled comes after what is not.
        ways = [(0, 0, 0)]
        handled = [(target, depth, 0) for target, depth in _handlers(code)]
        while ways or handled:
            offset, depth, uneven = (ways or handled).pop()
            if offset in depths:
                continue
            depths[offset] = depth if uneven == 0 else None
            _, number, argument, following = instructions[offset]
            operand = argument if number in _WITH_ARGUMENT else None
            if number in _UNEVEN_FROM:
                uneven += 1
            elif number in _UNEVEN_TO:
                uneven = max(0, uneven - 1)
            target = self._target(number, argument, following)
            if target is not None:
                way = (target, depth + self._effect(number, operand, jump=True), uneven)
                if number not in _HANDLERS:
                    ways.append(way)
                elif not _FINALLY_IS_A_CALL:
                    handled.append(way)
            if number not in _ENDS and number not in _ALWAYS_JUMP:
                ways.append((following, depth + self._effect_on(number, argument), uneven))
        return depths

    def _effect_on(self, number: int, argument: int) -> int:
        if number in _BEFORE_CALL or (number == _CACHE and _HAS_CACHES):
            return 0
        if number in _CALL:
            return -1 - argument
        return self._effect(number, argument if number in _WITH_ARGUMENT else None, jump=False)

    def _target(self, number: int, argument: int, following: int) -> "Optional[int]":
        if number in _CALL_FINALLY:
            return None
        if number in _RELATIVE:
            return following - argument * _UNIT if number in _BACKWARD else following + argument * _UNIT
        return argument * _UNIT if number in _ABSOLUTE else None


def instruction_at(code: CodeType, offset: int) -> "Tuple[str, int]":
    """Name and argument of the instruction at an offset; of a function that has not begun, none."""
    name, argument, shift, text = "", 0, 0, code.co_code
    while offset >= 0:
        number = text[offset]
        if shift and number != _EXTENDED:
            break
        argument |= text[offset + 1] << shift
        if not shift:
            name = NAME_OF[number]
        shift += 8
        offset -= 2
    return name, argument


def _instructions(text: bytes) -> "Iterator[Instruction]":
    """Every instruction, caches of the interpreter left out."""
    offset, extended = 0, 0
    while offset < len(text):
        number, argument = text[offset], text[offset + 1] | extended
        following = offset + 2
        while _HAS_CACHES and following < len(text) and text[following] == _CACHE:
            following += 2
        yield offset, number, argument, following
        extended = argument << 8 if number == _EXTENDED else 0
        offset = following


def _handlers(code: CodeType) -> "Iterator[Tuple[int, int]]":
    """Where exceptions lead since 3.11, and how deep the stack is there (CPython, Objects/exception_handling_notes.txt)."""
    table: bytes = getattr(code, "co_exceptiontable", b"")
    at, numbers = 0, []
    while at < len(table):
        value = table[at] & 63
        while table[at] & 64:
            at += 1
            value = value << 6 | table[at] & 63
        at += 1
        numbers.append(value)
    seen: "Set[int]" = set()
    for first in range(0, len(numbers) - 3, 4):
        target, depth_and_lasti = numbers[first + 2] * 2, numbers[first + 3]
        if target not in seen:
            seen.add(target)
            yield target, (depth_and_lasti >> 1) + (depth_and_lasti & 1) + 1
