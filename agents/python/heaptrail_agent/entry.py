"""The one moment when the agent is wired into the interpreter."""

import atexit
import os

from .agent import Agent
from .c_parts import signal
from .fork import ForkGuard


def enter(socket_path: str) -> None:
    """Starts the agent, its fork handlers and its exit handler, in this order, or none of them."""
    if not _in_main_interpreter():
        return
    agent = Agent(socket_path, keep_strings=os.environ.get("HEAPTRAIL_KEEP_STRINGS") == "1")
    if not agent.start():
        return
    ForkGuard(agent).register()
    atexit.register(agent.leave)


def _in_main_interpreter() -> bool:
    """Site runs again in each subinterpreter; a thread there would be fatal when it ends (Py_EndInterpreter).

    Setting the wakeup descriptor that is already set changes nothing and is refused outside the main interpreter
    (3.8 refuses it only outside the main thread).
    """
    try:
        current = signal.set_wakeup_fd(-1)
        if current != -1:
            signal.set_wakeup_fd(current)
        return True
    except ValueError:
        return False
