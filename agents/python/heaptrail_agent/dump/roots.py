"""What holds objects from outside the heap, by name: modules, running functions, the interpreter's own tables."""

import builtins
import gc
import sys
from types import FrameType, ModuleType

from .edge_names import local_table
from .frame_memory import FrameMemory, FrameReferences
from .privacy import Privacy
from .type_facts import TypeFacts, plain_names
from .waits import Waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional, Sequence, Tuple

    from .still import StillCalls

_AGENT = "heaptrail_agent"
# Reading `f_locals` makes the frame keep a dict of what its variables held.
_KEEPS_WHAT_WAS_READ = sys.version_info < (3, 13)


class Roots:
    """The named roots of this process. `objects` are to be walked even where the collector does not list them."""

    def __init__(self, privacy: Privacy) -> None:
        self._privacy = privacy
        self.objects: "List[object]" = []
        self._rows: "List[object]" = []

    def rows(self) -> "List[object]":
        return self._rows

    def collect(self, own_thread: int, still: "Optional[StillCalls]", with_locals: bool, at_fork: "Sequence[object]") -> None:
        """`with_locals` only in a frozen copy: reading the variables of a running frame changes it before 3.13."""
        self._modules()
        if with_locals:
            self._frames(own_thread, FrameMemory(still) if still is not None else None)
        self._add("interpreter", "sys.modules", sys.modules)
        self._add("interpreter", "builtins", builtins.__dict__)
        self._add("interpreter", "gc.garbage", gc.garbage)
        self._add("interpreter", "gc.callbacks", gc.callbacks)
        for table in at_fork:
            self._add("interpreter", "os.register_at_fork", table)

    def _add(self, kind: str, name: str, held: object) -> None:
        self.objects.append(held)
        self._rows.append({"kind": kind, "name": name, "address": id(held)})

    def _modules(self) -> None:
        if type(sys.modules) is not dict:
            return
        for name, module in list(dict.items(sys.modules)):
            if type(name) is not str or module is None:
                continue
            agent = name == _AGENT or name.startswith(_AGENT + ".")
            self._add("agent" if agent else "module", name if agent else self._privacy.dotted(name), module)

    def _frames(self, own_thread: int, memory: "Optional[FrameMemory]") -> None:
        names, main = _thread_names(self._privacy)
        waits = _waits(memory)
        handled = _handled_exceptions() if memory is not None else {}
        own = sys._getframe()
        for ident, innermost in sorted(sys._current_frames().items()):
            # A program may have put threads of its own kind in place of the system's, with numbers of their own.
            if ident == own_thread or innermost is own:
                continue
            thread = {"kind": "frame", "thread": names.get(ident, "thread %d" % ident), "threadId": ident, "main": ident == main}
            depth = 0
            frame: "FrameType | None" = innermost
            while frame is not None:
                row: "Dict[str, Any]" = dict(thread, depth=depth)
                self._frame(row, frame, memory, waits if depth == 0 else None)
                if depth == 0 and ident in handled:
                    self._handles(row, handled.pop(ident))
                frame = frame.f_back
                depth += 1

    def _handles(self, row: "Dict[str, Any]", parts: "List[object]") -> None:
        """The exception that the innermost function, or one that called it, is handling stands among its variables, as `except`."""
        error = parts[-1]
        row["locals"].append(["except", id(error)])
        if "holds" in row:
            row["holds"] += map(id, parts)
        self.objects.append(error)

    def _frame(self, row: "Dict[str, object]", frame: FrameType, memory: "Optional[FrameMemory]", waits: "Optional[Waits]") -> None:
        # Before its variables are read, for that changes the frame.
        references = _references(memory, frame)
        variables = local_table(frame) or {}
        names, values = list(variables), list(variables.values())
        if _KEEPS_WHAT_WAS_READ and references is not None and not references.has_locals_dict:
            variables.clear()
        self.objects.extend(values)
        code = frame.f_code
        row["function"] = code.co_name
        row["file"] = code.co_filename
        row["line"] = frame.f_lineno or code.co_firstlineno
        row["locals"] = [[self._privacy.name(name), id(value)] for name, value in zip(names, values)]
        if references is not None:
            row["frame"] = id(frame)
            row["holds"] = references.all
            wait = waits.of(frame, references) if waits is not None else None
            if wait is not None:
                row["waitsIn"], row["waitsOn"] = wait
        self._rows.append(row)


def _handled_exceptions() -> "Dict[int, List[object]]":
    """The exception that each thread is handling, which its state holds: a worker that waits within an `except` has one all
    the time. On 3.10 the state holds its class and traceback as well; of 3.8 and 3.9 nobody says it. The exception comes last."""
    try:
        current: "Dict[int, Any]" = getattr(sys, "_current_exceptions")()
    except Exception:
        return {}
    if sys.version_info >= (3, 12):
        return {ident: [error] for ident, error in current.items() if error is not None}
    if sys.version_info >= (3, 11):
        return {ident: [error] for ident, (_, error, _) in current.items() if error is not None}
    return {ident: [trace, kind, error] for ident, (kind, error, trace) in current.items() if error is not None}


def _references(memory: "Optional[FrameMemory]", frame: FrameType) -> "Optional[FrameReferences]":
    try:
        return memory.read(frame) if memory is not None else None
    except Exception:
        return None


def _waits(memory: "Optional[FrameMemory]") -> "Optional[Waits]":
    """A dump is worth more than to know what its threads wait for."""
    try:
        return Waits(memory) if memory is not None else None
    except Exception:
        return None


def _thread_names(privacy: Privacy) -> "Tuple[Dict[int, str], int]":
    """Names that the program gave its threads, where they look like names, and which is the main one. Only in a frozen copy: it reads `__dict__`."""
    module = sys.modules.get("threading") if type(sys.modules) is dict else None
    threading = plain_names(module.__dict__) if type(module) is ModuleType else {}
    active = threading.get("_active")
    names: "Dict[int, str]" = {}
    main = 0
    if type(active) is not dict:
        return names, main
    for ident, thread in list(active.items()):
        if type(ident) is not int:
            continue
        table_of = TypeFacts(type(thread), 0, thread).dict_getter
        table = table_of(thread) if table_of is not None else None
        name = plain_names(table).get("_name") if type(table) is dict else None
        if type(name) is str:
            names[ident] = privacy.thread_name(name, ident)
        if thread is threading.get("_main_thread"):
            main = ident
    return names, main

