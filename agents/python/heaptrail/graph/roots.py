"""Where paths begin: modules, and variables of functions that run."""

from __future__ import annotations

import _thread
import sys
from types import FrameType, ModuleType
from typing import Any, Dict, List, Optional, Set

from .attributes import Attributes
from .class_facts import is_kind
from .key_text import name_text
from .places import is_own_code, short_file
from .referents import module_table
from .turn import Turn
from .variables import place_of_code, variables_of


class Roots:
    """The roots of this moment. `caller` is the frame whose variables do not count: it is who asks."""

    def __init__(self, turn: Turn, names: Attributes, caller: Optional[FrameType] = None) -> None:
        self.module_by_table: Dict[int, str] = {}
        self.module_by_id: Dict[int, str] = {}
        self.variable_by_value: Dict[int, str] = {}
        self.variable_of_caller: Dict[int, str] = {}
        # Values of variables that inner functions share: a cell holds them, and the frame holds the cell.
        self.in_cells: Set[int] = set()
        self.running: Dict[int, str] = {}
        # Functions whose variables could not be read.
        self.unread = 0
        # Kept for the time of the search: an id says nothing of an object that is gone.
        self.tables: List[object] = []
        self.values: List[object] = []
        turn.own(self.tables)
        turn.own(self.values)
        self._values_of_caller: List[object] = []
        turn.own(self._values_of_caller)
        if caller is not None:
            turn.own(caller)
        self._modules()
        self._frames(names, caller)

    def of(self, thing: object) -> Optional[str]:
        """The root that `thing` is: a module, a running function (before 3.11), or the value of a variable."""
        address = id(thing)
        for roots in (self.module_by_table, self.module_by_id):
            if address in roots:
                return "module " + roots[address]
        return self.variable_by_value.get(address) or self.running.get(address)

    def _modules(self) -> None:
        modules = sys.modules
        if type(modules) is not dict:
            return
        for name, module in list(dict.items(modules)):
            if type(name) is not str or not is_kind(module, ModuleType):
                continue
            table = module_table(module)
            if type(table) is dict and id(table) not in self.module_by_table:
                text = name_text(name)
                self.module_by_table[id(table)] = self.module_by_id[id(module)] = text
                self.tables.append(table)

    def _frames(self, names: Attributes, caller: Optional[FrameType]) -> None:
        threads = _thread_names(names)
        innermost = sys._current_frames()
        # This very frame must not be one of its own variables: that would be a cycle.
        innermost.pop(_thread.get_ident(), None)
        self._stack(sys._getframe().f_back, "", caller)
        for ident in sorted(innermost):
            self._stack(innermost.pop(ident), threads.get(ident, ""), caller)

    def _stack(self, frame: Optional[FrameType], thread: str, caller: Optional[FrameType]) -> None:
        while frame is not None:
            if not is_own_code(frame.f_code):
                self._frame(frame, thread, frame is caller)
            frame = frame.f_back

    def _frame(self, frame: FrameType, thread: str, is_caller: bool) -> None:
        variables = variables_of(frame)
        if variables is None:
            self.unread += 1
            variables = {}
        file, line, function = place_of_code(frame.f_code, frame.f_lineno)
        place = "%s (%s:%d%s)" % (function, short_file(file), line, ", " + thread if thread else "")
        self.running[id(frame)] = "a variable of " + place
        shared = frame.f_code.co_cellvars + frame.f_code.co_freevars
        if is_caller:
            found, kept = self.variable_of_caller, self._values_of_caller
        else:
            found, kept = self.variable_by_value, self.values
        for name, value in variables.items():
            # Of several the outermost stays: callees have what it gave them.
            found[id(value)] = "local %s of %s" % (name_text(name), place)
            kept.append(value)
            if name in shared:
                self.in_cells.add(id(value))


def _thread_names(names: Attributes) -> Dict[int, str]:
    """Names of threads other than the main one, as `threading` knows them."""
    threading = sys.modules.get("threading") if type(sys.modules) is dict else None
    if type(threading) is not ModuleType:
        return {}
    active: Any = module_table(threading).get("_active")
    main = module_table(threading).get("_main_thread")
    found: Dict[int, str] = {}
    if type(active) is dict:
        for ident, thread in list(active.items()):
            if type(ident) is int and thread is not main:
                name = names.read(thread, "_name")
                found[ident] = "thread %s" % (_thread_text(name) or ident)
    return found


def _thread_text(name: object) -> str:
    if type(name) is not str or len(name) > 40:
        return ""
    shown = [character for character in name if character.isalnum() or character in "_-. ()"]
    return name if len(shown) == len(name) and sum([character.isdigit() for character in name]) <= 4 else ""
