"""asyncio's tasks by coroutine."""

from itertools import islice

import _weakref

from . import registries
from .code_places import code_of_coroutine
from .modules import is_instance, loaded
from .tally import Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List

    from .governor import Slice

_CHUNK = 256
_MOST_SCANNED = 50_000


def task_census(pieces: "Slice") -> "List[Dict[str, object]]":
    """Coroutines with the number of tasks, finished ones that something still keeps among them."""
    tally = Tally()
    task_type = loaded("_asyncio", "Task")
    for members in registries.tasks() or ():
        position = 0
        while task_type is not None and pieces.go_on():
            chunk: "List[Any]" = list(islice(members, position, position + _CHUNK))
            if not chunk:
                break
            for member in chunk:
                task = member() if type(member) is _weakref.ref else member
                if task is not None and is_instance(task, task_type):
                    tally.add(code_of_coroutine(task_type.get_coro(task)))
                task = None
            position += _CHUNK
            if position >= _MOST_SCANNED:
                pieces.partial = True
                break
    return tally.entries("coroutine")
